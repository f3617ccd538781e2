// Tests that what ShellCheck says of blocks is told at its place in the page; a program in its place says it.
import { chmod } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { Rig } from '../../e2e/rig.ts';

const page = [
  '# T',
  '## Steps',
  '```sh\nexport A=$(date)\n\techo $(pwd)\n```',
  '1. In a list\n\n   ```console\n   $ ls <name>\n   out\n   $ echo "ü" $(pwd)\n   ```',
  '```zsh\necho $(pwd)\n```',
  '',
].join('\n\n');

const comment = (file: string, line: number, code: number, column: number, endColumn: number) => ({
  ...{ file, line, endLine: line, column, endColumn, level: 'warning', code },
  message: `Word ${code}.`,
  fix: null,
});

async function rigWith(program: string): Promise<Rig> {
  const rig = await Rig.create();
  await rig.write('a.md', page);
  await chmod(await rig.write('bin/shellcheck', program), 0o755);
  return rig;
}

async function foundBy(rig: Rig): Promise<readonly unknown[]> {
  const { stdout } = await rig.run(['check', '--json', 'a.md'], {
    env: { PATH: `${rig.path('bin')}:${process.env.PATH}` },
  });
  const all: readonly { code: string }[] = JSON.parse(stdout).diagnostics;
  return all
    .filter(({ code }) => code === 'shellcheck')
    .map(
      ({ fingerprint: _, path: __, code: ___, ...rest }: Record<string, unknown> & { code: string }) => rest,
    );
}

test('tells each of its warnings with its own code, and none that is untrue of pieces', async () => {
  const comments = [
    comment('0.bash', 1, 2155, 8, 9),
    comment('0.bash', 1, 2034, 8, 9),
    comment('0.bash', 2, 2046, 14, 20),
    comment('1.bash', 1, 2012, 1, 3),
    comment('1.bash', 2, 2046, 10, 16),
    comment('1.bash', 2, 1091, 10, 16),
    comment('7.bash', 1, 2046, 1, 2),
  ];
  const rig = await rigWith(`#!/bin/sh\necho '${JSON.stringify({ comments })}'\n`);
  const finding = (code: number, line: number, column: number, endColumn: number) => ({
    severity: 'hint',
    message: `SC${code}: Word ${code}.`,
    help: `https://www.shellcheck.net/wiki/SC${code}`,
    from: { line, column },
    to: { line, column: endColumn },
  });
  expect(await foundBy(rig)).toEqual([
    finding(2155, 6, 8, 9),
    finding(2046, 7, 2, 13),
    finding(2012, 13, 6, 8),
    finding(2046, 15, 15, 21),
  ]);
});

test.each([
  ['fails', '#!/bin/sh\nexit 2\n'],
  ['says something else', '#!/bin/sh\necho "{ no json"; echo \'{"comments":[{}, null, 3]}\'\n'],
])('says nothing where it %s', async (_, program) => {
  expect(await foundBy(await rigWith(program))).toEqual([]);
});

test('is not started where the configuration says nothing of it', async () => {
  const rig = await rigWith('#!/bin/sh\n: >"$0.ran"\n');
  await rig.write('runsheet.yaml', 'check: { rules: { shellcheck: off } }\n');
  expect(await foundBy(rig)).toEqual([]);
  await expect(rig.file('bin/shellcheck.ran')).rejects.toThrow('ENOENT');
});
