// Tests what the Tab key offers, in real shells on real terminals.
import { chmod } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { Rig, tool } from './rig.ts';
import { describeWith } from './services.ts';

const page = `---
inputs:
  REGION: { description: Where }
---

# Deploy

## Steps

### Step 1: Build it {tags=quick}

\`\`\`sh
echo built
\`\`\`

### Step 2: Push it

Push it by hand.
`;

/** A rig with a page, a run of it that rests, and the tool under its name on the path. */
async function rigWithRun() {
  const rig = await Rig.create();
  await rig.write('deploy.md', page);
  const shim = await rig.write('bin/runsheet', `#!/bin/sh\nexec '${process.execPath}' '${tool}' "$@"\n`);
  await chmod(shim, 0o755);
  await rig.run(['run', 'deploy.md', '--yes', '--set', 'REGION=x', '--log', 'none']);
  const [id = ''] = (await rig.run(['runs'])).stdout.split(/\s/);
  for (const shell of ['bash', 'zsh', 'fish'])
    await rig.write(`completion.${shell}`, (await rig.run(['completion', shell])).stdout);
  return { rig, id, env: { PATH: `${rig.path('bin')}:${process.env.PATH}` } };
}

test.each([
  [['re'], ['resume', 'record', 'report', ':files']],
  [
    ['run', 'deploy.md', '--step', ''],
    ['step-1-build-it', 'step-2-push-it'],
  ],
  [['run', 'deploy.md', '--step=step-2'], ['--step=step-2-push-it']],
  [['run', 'deploy.md', '--tag', ''], ['quick']],
  [
    ['run', 'deploy.md', '--section', 'st'],
    ['steps', 'step-1-build-it', 'step-2-push-it'],
  ],
  [['run', 'deploy.md', '--set', ''], ['REGION=']],
  [['run', 'deploy.md', '--log', 'd'], ['document']],
  [['run', 'deploy.md', '--accept', 'unm'], ['unmarked']],
  [['run', 'deploy.md', '--allow'], ['--allow-destructive']],
  [['run', 'deploy.md', '--report', 'j'], ['junit=']],
  [['run', 'deploy.md', '--inputs', ''], [':files']],
  [['run', 'missing.md', '--step', ''], []],
  [['explain', 'retrie'], ['retries']],
  [['new', 'rou'], ['routine-task']],
  [['help', 'verif'], ['verify']],
  [['completion', 'f'], ['fish']],
  [['--state'], ['--state-dir']],
  [['nosuch', 'x'], []],
])('behind %j stand %j', async (words, expected) => {
  const { rig } = await rigWithRun();
  const { exitCode, stdout, stderr } = await rig.run(['complete', '--', ...words]);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(
    stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => line.split('\t')[0]),
  ).toEqual(expected);
});

test('behind the verb that removes a token stand the names of those that there are', async () => {
  const { rig } = await rigWithRun();
  const offered = async (...words: string[]) =>
    (await rig.run(['complete', '--', 'tokens', ...words])).stdout;
  expect(await offered('remove', '')).toBe('');
  for (const [name = '', scope = ''] of [
    ['pipeline', 'read,start'],
    ['probe', 'read'],
    ['monitor', 'read'],
  ])
    await rig.run(['tokens', 'add', name, '--scope', scope]);
  expect(await offered('remove', 'p')).toBe('pipeline\tread,start\nprobe\tread\n');
});

test('a run that is over is no run to resume, and one to show', async () => {
  const { rig, id } = await rigWithRun();
  await rig.run(['resume', id, '--yes', '--manual', 'skip']);
  const offered = async (verb: string) => (await rig.run(['complete', '--', verb, id.slice(0, 4)])).stdout;
  expect(await offered('resume')).toBe(':files\t\n');
  expect(await offered('show')).toBe(`${id}\tDeploy, succeeded\n:files\t\n`);
});

describeWith(['zsh', 'fish'], 'the Tab key', () => {
  test.each([
    ['bash', ['bash', '--norc', '--noprofile', '-i'], 'source completion.bash'],
    ['zsh', ['zsh', '-f', '-i'], 'source completion.zsh'],
    [
      'zsh with its completions begun',
      ['zsh', '-f', '-i'],
      'autoload -Uz compinit && compinit -u && source completion.zsh',
    ],
    ['fish', ['fish', '--no-config', '-i'], 'source completion.fish'],
  ] as const)('ends what is begun: %s', async (_, command, begin) => {
    const { rig, id, env } = await rigWithRun();
    const terminal = rig.shell('$ ', { cols: 120, command, env });
    terminal.type(`${begin}; echo rea""dy\r`);
    await terminal.waitFor(/^ready/m);
    terminal.type(`runsheet resume ${id.slice(0, 8)}\t`);
    await terminal.waitFor(`runsheet resume ${id}`);
    terminal.type('\x15runsheet run deploy.md --step step-2\t');
    await terminal.waitFor('--step step-2-push-it');
    terminal.type('\x15runsheet run deploy.md --log=doc\t');
    await terminal.waitFor('--log=document');
    terminal.type('\x15runsheet check depl\t');
    await terminal.waitFor('runsheet check deploy.md');
    terminal.kill('SIGKILL');
    await terminal.ended;
  });
});
