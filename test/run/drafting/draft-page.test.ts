// Tests the page that a session becomes: what is a step of what, what is left out, and that the page means it.
import { expect, test } from 'vitest';
import { draftPage } from '../../../src/run/drafting/draft-page.ts';
import { draftSteps } from '../../../src/run/drafting/draft-steps.ts';
import type { CommandEntry, SessionEntry } from '../../../src/run/drafting/session-entry.ts';
import { suggestInputs } from '../../../src/run/drafting/suggest-inputs.ts';

const ran = (code: string, more: Partial<CommandEntry> = {}): CommandEntry => ({
  ...{ kind: 'command', code, folder: '/srv', exit: 0, milliseconds: 1, output: [] },
  ...more,
});
const said = (text: string): SessionEntry => ({ kind: 'note', text });
const pageOf = (...entries: readonly SessionEntry[]): string =>
  draftPage(draftSteps(entries), { title: 'A page', inputs: {} });

test('looks before the work are preconditions, those behind it validate', () => {
  expect(pageOf(ran('df -h'), ran('touch a'), ran('ls a', { output: ['a'] }))).toBe(`# A page

## Preconditions

### 1. Run \`df -h\`

\`\`\`sh
df -h
\`\`\`

## Steps

### 1. Run \`touch a\`

\`\`\`sh
touch a
\`\`\`

## Validation

### 1. Run \`ls a\`

\`\`\`sh
ls a
\`\`\`

\`\`\`output
a
\`\`\`
`);
});

test('what belongs to the last command stands with it, and undos go back', () => {
  const page = pageOf(
    ...[said('Switch over'), ran('touch a'), ran('touch b'), said('undo: rm a'), said('undo: rm b')],
    ...[said('check: test -e b'), said('verify: ls b'), ran('touch c')],
  );
  expect(page).toBe(`# A page

## Steps

### 1. Switch over

\`\`\`sh
touch a
\`\`\`

\`\`\`sh {check="test -e b"}
touch b
\`\`\`

#### Validation

\`\`\`sh
ls b
\`\`\`

#### Rollback

\`\`\`sh
rm b
\`\`\`

\`\`\`sh
rm a
\`\`\`

### 2. Run \`touch c\`

\`\`\`sh
touch c
\`\`\`
`);
});

test('a title that would make a step something else is prose below another one', () => {
  const page = pageOf(ran('touch a'), said('Roll back the index'), ran('touch b'));
  expect(page).toContain('### 2. Run `touch b`\n\nRoll back the index\n\n```sh {run}\ntouch b\n```');
});

test('what reads like no command is said to be one', () => {
  expect(pageOf(ran('touch a'), ran('Total: 5'))).toContain('```sh {run}\nTotal: 5\n```');
});

test('what is left out is told with its reason', () => {
  const { leftOut, steps } = draftSteps([
    said('undo: early'),
    ran('nginx -s relaod', { exit: 1 }),
    ran('nginx -s reload'),
    ran('sleep 100', { exit: 130 }),
    ran('frob', { exit: 127 }),
    ran('clear'),
    ran('vim f', { edited: [{ path: 'f', before: 'a\n', after: 'a\n' }] }),
    said(`check: echo "it's"`),
    { kind: 'command', code: 'make', folder: '/srv', output: [] },
  ]);
  expect(steps.map(({ blocks }) => blocks.map(({ code }) => code))).toEqual([['nginx -s reload']]);
  expect(leftOut).toEqual([
    { code: 'undo: early', why: 'no command comes before it' },
    { code: 'nginx -s relaod', why: 'it failed with exit 1; a later `nginx` passed' },
    { code: 'sleep 100', why: 'it was interrupted' },
    { code: 'frob', why: 'it failed with exit 127' },
    { code: 'vim f', why: 'nothing was changed in `f`' },
    { code: `check: echo "it's"`, why: 'it cannot be written as an attribute' },
    { code: 'make', why: 'the session ended before it did' },
  ]);
});

test('inputs and a folder stand in the front matter, and code names them', () => {
  const draft = draftSteps([ran('get app-1.2.3.tgz'), ran('install 1.2.3'), ran('cat /proc/version')]);
  expect(suggestInputs(draft)).toEqual([{ name: 'VERSION', value: '1.2.3', commands: 2 }]);
  const page = draftPage(draft, {
    title: 'T "x"',
    shell: 'zsh',
    cwd: '../a b',
    inputs: { VERSION: '1.2.3' },
  });
  expect(page.slice(0, page.indexOf('#'))).toBe(
    '---\ntitle: "T \\"x\\""\nshell: zsh\ncwd: "../a b"\ninputs:\n  VERSION: { default: "1.2.3" }\n---\n\n',
  );
  expect(page).toContain('get app-${VERSION}.tgz');
  expect(page).toContain('install "$VERSION"');
});

test('output that holds fences and is long is cut and fenced', () => {
  const output = ['```', ...Array.from({ length: 20 }, (_, index) => `line ${index}`)];
  expect(pageOf(ran('touch a', { output }))).toContain(
    '````output\n```\nline 0\nline 1\nline 2\nline 3\nline 4\nline 5\nline 6\n...\nline 17\nline 18\nline 19\n````',
  );
});

test('secrets are inputs where the page names them, or a command has given them', () => {
  const page = pageOf(
    ran('deploy --token "$TOKEN"', { secrets: ['TOKEN', '_PYENV_VH_PWD'] }),
    ran('export API_KEY=$API_KEY', { secrets: ['API_KEY'] }),
    ran('look', { secrets: ['_PYENV_VH_PWD'] }),
  );
  expect(page.split('---')[1]).toBe(`
title: "A page"
inputs:
  TOKEN: { secret: true }
  API_KEY: { secret: true }
`);
});
