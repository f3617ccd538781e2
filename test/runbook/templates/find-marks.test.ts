import { expect, test } from 'vitest';
import { findMarks } from '../../../src/runbook/templates/find-marks.ts';

const found = (text: string) => findMarks(text).map((mark) => [text.slice(mark.start, mark.end), mark.where]);

test.each([
  ['Call TODO(owner) or TODO(on-call).', ['TODO(owner)', 'TODO(on-call)']],
  ['TODO: say more', ['TODO']],
  ['- TODO link the dashboard', ['TODO']],
  ['### TODO', ['TODO']],
  ['| Owner | TODO |', ['TODO']],
  ['Owner: TODO', ['TODO']],
  ['[Link TBD]', ['TBD']],
  ['See (FIXME) below. FIXME: which?', ['FIXME', 'FIXME']],
  ['TODO(#12): later', ['TODO']],
  ['See `TODO(dashboard)`.', ['TODO(dashboard)']],
])('finds what is still to be written: %s', (text, marks) => {
  expect(found(`# T\n\n${text}\n`)).toEqual(marks.map((mark) => [mark, 'text']));
});

test.each([
  'Keep a TODO list.',
  'TODO list of the team',
  'Look for `TODO` in the code.',
  'Grep for TODO comments.',
  'See TODO.md, a.example/TODO and $TODO.',
  'Todo: nothing',
  '<!-- TODO: TODO(owner) -->',
  '```sh\ngrep -rn TODO src # TODO(ada): faster\n```',
  '```python\nprint(TODO(x))\n```',
  '<!-- runsheet:result a -->\n> x\n\n```text\nTODO(owner)\n```\n<!-- /runsheet:result -->',
])('leaves alone what speaks of such words: %s', (text) => {
  expect(found(`# T\n\n${text}\n`)).toEqual([]);
});

test('tells front matter, text and code apart', () => {
  const text =
    '---\nowner: TODO(owner) # TODO(comment)\ntags: [TODO]\n---\n\n# T\n\n```sh\nls TODO(a)\n```\n\n```text\nTODO(b)\n```\n\n    ls TODO(c)\n';
  expect(found(text)).toEqual([
    ['TODO(owner)', 'front-matter'],
    ['TODO', 'front-matter'],
    ['TODO(a)', 'code'],
    ['TODO(b)', 'text'],
    ['TODO(c)', 'code'],
  ]);
});
