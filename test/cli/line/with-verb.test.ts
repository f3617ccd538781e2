import { expect, test } from 'vitest';
import { withVerb } from '../../../src/cli/line/with-verb.ts';

const commands = ['run', 'check', 'help'];
const files = new Set(['page.md', 'page', 'check', 'dir/odd name']);
const given = (...words: string[]) => withVerb(words, commands, (path) => files.has(path));

test.each([
  [['page.md'], ['run', 'page.md']],
  [
    ['page.md', '--yes'],
    ['run', 'page.md', '--yes'],
  ],
  [
    ['--yes', 'page.md'],
    ['run', '--yes', 'page.md'],
  ],
  [['page'], ['run', 'page']],
  [['dir/odd name'], ['run', 'dir/odd name']],
  [['page#step-2'], ['run', 'page#step-2']],
  [['gone.md'], ['run', 'gone.md']],
  [['gone.md#step-2'], ['run', 'gone.md#step-2']],
  [
    ['--state-dir', 'page', 'page.md'],
    ['--state-dir', 'page', 'run', 'page.md'],
  ],
  [
    ['--state-dir=page', '-y', 'page.md'],
    ['--state-dir=page', 'run', '-y', 'page.md'],
  ],
])('%j runs the file', (words, meant) => {
  expect(given(...words)).toEqual(meant);
});

test.each([[[]], [['--state-dir', 'state']]])('%j asks', (words) => {
  expect(given(...words)).toEqual([...words, 'pick']);
});

test.each([[['check']], [['run', 'page.md']], [['chek']], [['--no-such-option']], [['--help']], [['-V']]])(
  '%j stays as it is',
  (words) => {
    expect(given(...words)).toEqual(words);
  },
);
