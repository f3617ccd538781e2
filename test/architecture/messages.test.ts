// Tests that messages.txt holds what people read of the tool, so that a changed word is a changed line of a commit.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { messagesOf } from './messages.ts';

const root = join(import.meta.dirname, '../..');

test('all messages', async () => {
  const listed = execFileSync(
    'git',
    ['-c', 'safe.directory=*', 'ls-files', '--cached', '--others', '--exclude-standard', 'src'],
    { cwd: root, encoding: 'utf8' },
  );
  const paths = listed.split('\n').filter((path) => /\.tsx?$/.test(path) && existsSync(join(root, path)));
  const sections = paths.toSorted().flatMap((path) => {
    const messages = messagesOf({ path, text: readFileSync(join(root, path), 'utf8') });
    const lines = messages.map(
      (message) => `  ${JSON.stringify(message).slice(1, -1).replaceAll('\\"', '"')}\n`,
    );
    return lines.length === 0 ? [] : [`${path}\n${lines.join('')}`];
  });
  await expect(sections.join('\n')).toMatchFileSnapshot('messages.txt');
});

test.each([
  ['a sentence', "tell('no run is open');", ['no run is open']],
  [
    'a value in it',
    'const a = `run ${id} of ${title(run.plan, "short one")} ended`;',
    ['run {id} of {…} ended', 'short one'],
  ],
  ['pieces that are joined', "tell('no run ' + 'is open');", ['no run is open']],
  [
    'a label beside what it does',
    "choice('s', 'skip', 'skip it, and say why');",
    ['skip', 'skip it, and say why'],
  ],
  ['a label of its own', "const way = { label: 'back', value: 'back' };", ['back']],
  ['text between tags', 'const a = <Text>Which way?</Text>;', ['Which way?']],
  ['what is compared, imported or a type', "import a from 'a b'; type B = 'c d'; if (a === 'e f') g();", []],
  [
    'what is said of a mistake of ours',
    "assert(a, 'there is a name'); throw new Error('no such thing');",
    [],
  ],
  ['shell code', "run('cd -- x 2>/dev/null || exit 126');", []],
])('%s', (_name, text, messages) => {
  expect(messagesOf({ path: 'src/cli/a.tsx', text })).toEqual(messages);
});
