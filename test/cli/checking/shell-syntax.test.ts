// Tests what of shell blocks is told that their shell does not understand, and that none is executed for it.
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Rig } from '../../e2e/rig.ts';

test('says in the words of the shell where it stops, and executes nothing', async () => {
  const rig = await Rig.create();
  await rig.write(
    'a.md',
    [
      '# T',
      '## Steps',
      '```sh\ntouch ran; if true; then\n  echo a\n```',
      '1. In a list\n\n   ```bash\n   touch ran\n   echo <name> | done\n   ```',
      '```console\n$ touch ran; echo "a\nout\n$ echo b\n```',
      '```sh\ncat <<END >ran\na\n```',
      '```sh\nls !(ran) <name>; echo $(date) "`id`" && [ -e "$HOME" ]\n```',
      '```sh {run=false}\nif\n```',
      '```sh {host=web1 interpreter=ksh}\nif\n```',
      '<!-- runsheet-ignore shell-syntax -->\n```sh\nfi\n```',
      '<!-- runsheet-ignore shell-syntax -->\n```sh\ndate\n```',
      '',
    ].join('\n\n'),
  );
  const { stdout, exitCode } = await rig.run(['check', '--json', 'a.md']);
  const all: readonly { code: string; message: string; help?: string; from: object; to: object }[] =
    JSON.parse(stdout).diagnostics;
  const help = 'each block is a script of its own, and closes what it opens';
  const words = 'bash cannot read this: ';
  expect({
    exitCode,
    found: all
      .filter(({ code }) => code === 'shell-syntax' || code.startsWith('ignore'))
      .map((one) => [one.message, one.from, one.help]),
    hasRun: existsSync(rig.path('ran')),
  }).toEqual({
    exitCode: 0,
    found: [
      [`${words}syntax error: unexpected end of file`, { line: 5, column: 1 }, help],
      [`${words}syntax error near unexpected token \`done\``, { line: 14, column: 18 }, undefined],
      [`${words}unexpected EOF while looking for matching \`"\``, { line: 18, column: 3 }, help],
      [`${words}here-document delimited by end-of-file (wanted \`END\`)`, { line: 24, column: 1 }, help],
    ],
    hasRun: false,
  });
});

test('says nothing where the shell is not installed', async () => {
  const rig = await Rig.create();
  await rig.write('a.md', '# T\n\n## Steps\n\n```sh\nif (\n```\n');
  const { stdout } = await rig.run(['check', '--json', 'a.md'], { env: { PATH: rig.path('nowhere') } });
  const codes = JSON.parse(stdout).diagnostics.map(({ code }: { code: string }) => code);
  expect(codes).not.toContain('shell-syntax');
});

test('asks of many blocks side by side, and says of each what is wrong with it', async () => {
  const rig = await Rig.create();
  const shells = ['bash', 'sh', 'bash'];
  const blocks = Array.from({ length: 20 }, (_, index) => {
    const code = index % 3 === 0 ? `echo ${index}; ls; fi` : `if true; then echo ${index}; ls; fi`;
    return `\`\`\`${shells[index % 3]}\n${code}\n\`\`\`\n`;
  });
  await rig.write('a.md', `# T\n\n## Steps\n\n${blocks.join('\n')}`);
  const { stdout } = await rig.run(['check', '--json', 'a.md']);
  const all: readonly { code: string; from: { line: number } }[] = JSON.parse(stdout).diagnostics;
  const lines = all.filter(({ code }) => code === 'shell-syntax').map(({ from }) => from.line);
  expect(lines).toEqual([6, 18, 30, 42, 54, 66, 78]);
});
