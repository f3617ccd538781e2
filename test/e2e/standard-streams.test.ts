// Tests what becomes of the output of every command where it cannot be written, and where nobody reads it.
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Rig, repositoryRoot } from './rig.ts';

const tool = `"${process.execPath}" "${repositoryRoot}/dist/runsheet.js"`;

const blocks = [1, 2, 3].map((number) => `\`\`\`sh {name=b${number}}\necho ${number}\n\`\`\`\n`);
const page = `# Streams\n\n## Steps\n\n${blocks.join('\n')}`;

const written = [
  ...[
    'run streams.md --dry-run',
    'run streams.md --yes --surface ndjson',
    'print streams.md',
    'print --json streams.md',
  ],
  ...[
    'check --json streams.md',
    'list .',
    'list --json .',
    'explain',
    'explain not-utf8',
    'new',
    'new blank',
  ],
  ...[
    'runs',
    'runs --json',
    'show',
    'show --json',
    'report',
    'report --format html',
    'stats',
    'stats streams.md',
  ],
  ...['verify', 'completion bash', '--help', '--version', 'run --help', 'help run'],
];

async function rigWithRun(): Promise<Rig> {
  const rig = await Rig.create();
  await rig.write('streams.md', page);
  expect(await rig.run(['run', 'streams.md', '--yes'])).toMatchObject({ exitCode: 0 });
  return rig;
}

it.skipIf(!existsSync('/dev/full'))('a full disk is told, and is no success', async () => {
  const rig = await rigWithRun();
  for (const command of written) {
    const told = await rig.exec('bash', ['-c', `${tool} ${command} >/dev/full`]);
    expect(told, command).toMatchObject({ exitCode: 1, stdout: '' });
    expect(told.stderr, command).toMatch(
      /^(?:note: .*\n)?error: not all of the output could be written: no space is left on the disk\n$/,
    );
    const untold = await rig.exec('bash', ['-c', `${tool} ${command} >/dev/full 2>&1`]);
    expect(untold, command).toEqual({ exitCode: 1, signal: null, stdout: '', stderr: '' });
  }
  for (const command of ['run streams.md --yes', 'check streams.md'])
    expect(await rig.exec('bash', ['-c', `${tool} ${command} 2>/dev/full`]), command).toMatchObject({
      exitCode: 1,
    });
});

it('a reader that has read enough ends it quietly', async () => {
  const rig = await rigWithRun();
  for (const command of written) {
    const ended = await rig.exec('bash', ['-o', 'pipefail', '-c', `${tool} ${command} | head -c 1`]);
    expect(ended, command).toMatchObject({ exitCode: 0 });
    expect(ended.stderr, command).toMatch(/^(?:note: .*\n)?$/);
  }
});

it('so does one of an output that no pipe holds', async () => {
  const rig = await Rig.create();
  const many = Array.from({ length: 3_000 }, (_, index) => `## Step ${index}\n\n\`\`\`sh\ntrue\n\`\`\`\n`);
  await rig.write('long.md', `# Long\n\n${many.join('\n')}`);
  const ended = await rig.exec('bash', ['-c', `${tool} print long.md | head -n 1`]);
  expect(ended).toMatchObject({ exitCode: 0, stdout: 'Long\n', stderr: '' });
});

it('names that hold control characters are shown without them', async () => {
  const rig = await Rig.create();
  const name = 'e\u001b]0;owned\u0007.md';
  await rig.write(name, '# T \u001b[31m\n\n## Steps\n\n```sh\ntrue\n```\n');
  expect((await rig.run(['list', '.'])).stdout).toBe(
    'runbook         title    steps\n' + 'e␛]0;owned␇.md  T ␛[31m      1\n',
  );
  expect((await rig.run(['clear', name])).stderr).toBe('e␛]0;owned␇.md: no results in it\n');
  expect((await rig.run(['stats', 'none\u001b.md'])).stderr).toBe(
    'error: there is no file `none␛.md`, and no run of it\n',
  );
  expect((await rig.run(['print', name])).stdout).toMatch(/^T ␛\[31m\n/);
});
