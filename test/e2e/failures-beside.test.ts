// Tests that a run comes to a clean rest whatever goes wrong beside it, with what runs ended and an exit code that says so.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Rig, repositoryRoot } from './rig.ts';

const preload = join(repositoryRoot, 'test/e2e/fail-beside.cjs');

const page = `# Beside

## Steps

\`\`\`sh {name=long}
touch go; sleep 30; touch late
\`\`\`

\`\`\`sh {name=after}
touch after
\`\`\`
`;

const stack = /^\s+at .*\.[cm]?js/m;

it.each([
  ['error', 1, 'error: this is a bug in runsheet and has stopped; everything up to here is kept'],
  ['rejection', 1, 'error: this is a bug in runsheet and has stopped; everything up to here is kept'],
  [
    'system',
    5,
    'error: the disk reported an error: the system refuses what the run needs and has stopped; everything up to here is kept',
  ],
  [
    'lost',
    5,
    'error: the run waits for something that can no longer happen and has stopped; everything up to here is kept',
  ],
])('%s', async (kind, exitCode, told) => {
  const rig = await Rig.create();
  await rig.write('beside.md', page);
  const env = { NODE_OPTIONS: `--require ${preload}`, BESIDE_FAILURE: kind };
  const run = await rig.run(['run', 'beside.md', '--yes'], { env });
  expect(run.stderr).toContain(told);
  expect(run.exitCode).toBe(exitCode);
  // Only a mistake of the tool shows where it is.
  expect(stack.test(run.stderr)).toBe(exitCode === 1);
  expect([existsSync(rig.path('late')), existsSync(rig.path('after'))]).toEqual([false, false]);
  expect(await rig.run(['verify'])).toMatchObject({ exitCode: 0 });
  expect((await rig.run(['resume', '--yes'])).exitCode).toBe(5);
});

it('a state folder that a block removes ends the run before the next block', async () => {
  const rig = await Rig.create();
  const text =
    '# Gone\n\n## Steps\n\n```sh {name=a}\nrm -rf "$STATE"\n```\n\n```sh {name=b}\ntouch after\n```\n';
  await rig.write('gone.md', text);
  const run = await rig.run(['run', 'gone.md', '--yes'], { env: { STATE: rig.stateFolder } });
  expect(run.exitCode).toBe(5);
  expect(run.stderr).toMatch(
    /error: cannot write `.*journal\.ndjson`: no such file: the run cannot be recorded any further and has stopped; its journal is gone, and nothing can go on with it\n/,
  );
  expect(run.stderr).not.toMatch(stack);
  expect(existsSync(rig.path('after'))).toBe(false);
});

it('a run whose journal a block removes is not taken for one in which nothing was run', async () => {
  const rig = await Rig.create();
  const text =
    '# Gone\n\n## Steps\n\n```sh {name=a}\necho a >>ran; rm "$STATE"/runs/*/journal.ndjson\n```\n\n```sh {name=b}\necho b >>ran\n```\n';
  await rig.write('gone.md', text);
  const id = '20261128-143000-a1b2';
  const start = () =>
    rig.run(['run', 'gone.md', '--yes', '--run-id', id], { env: { STATE: rig.stateFolder } });
  expect((await start()).exitCode).toBe(5);
  const told = {
    exitCode: 2,
    stderr: `error: the journal of run \`${id}\` is gone: what it has run is not known
  = help: look at what it did before its runbook is run again; what is left of it is in \`${join(rig.stateFolder, 'runs', id)}\`
`,
  };
  expect(await start()).toMatchObject(told);
  expect(await rig.run(['resume', id, '--yes'])).toMatchObject(told);
  expect((await rig.run(['runs'])).stdout).toContain(`${id}  unreadable`);
  expect(await rig.file('ran')).toBe('a\n');
});

it('a folder that is gone under the tool costs a run nothing', async () => {
  const rig = await Rig.create();
  await rig.write('runsheet.yaml', 'channels: { ops: { command: [/no/such] } }\n');
  const head = '---\nnotify: [{ on: [started], to: ops }]\n---\n';
  await rig.write('gone.md', `${head}# Gone\n\n## Steps\n\n\`\`\`sh {name=a}\ntouch after\n\`\`\`\n`);
  const tool = `"${process.execPath}" "${repositoryRoot}/dist/runsheet.js"`;
  const from = (command: string) =>
    rig.exec('bash', ['-c', `mkdir gone; cd gone; rmdir ../gone; ${tool} ${command}`]);
  const run = await from(`run "${rig.path('gone.md')}" --yes`);
  expect(run.exitCode).toBe(0);
  expect(run.stderr).toContain('could not tell `ops`: `/no/such` cannot be started: ');
  expect(existsSync(rig.path('after'))).toBe(true);
  expect(await from('list')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('error: the folder that the tool was started in no longer exists\n'),
  });
});

it('a block that the tool cannot lay ready pauses an unattended run, whatever the block says of failures', async () => {
  const rig = await Rig.create();
  const blocks = ['a', 'b'].map(
    (name) => `\`\`\`sh {name=${name} on-failure=continue}\necho ${name} >> log\n\`\`\`\n`,
  );
  await rig.write('room.md', `# Room\n\n## Steps\n\n${blocks.join('\n')}`);
  const faultAt = join(repositoryRoot, 'test/e2e/faults/fault-at.cjs');
  const env = {
    NODE_OPTIONS: `--require ${faultAt}`,
    RUNSHEET_FAULT: '1:EDQUOT',
    RUNSHEET_FAULT_BELOW: join(rig.stateFolder, 'runs'),
    RUNSHEET_FAULT_ONLY: '/b.',
    RUNSHEET_FAULT_FIRED: rig.path('../fired'),
  };
  const run = await rig.run(['run', 'room.md', '--yes'], { env });
  expect(run.stderr).toMatch(
    /`b` failed in 0 ms: could not be started: its code could not be written to a file: EDQUOT: .*\n.*paused at `b`: `b` could not be begun/,
  );
  expect([run.exitCode, await rig.file('log')]).toEqual([5, 'a\n']);
  expect(await rig.run(['resume', '--yes'])).toMatchObject({ exitCode: 0 });
  expect(await rig.file('log')).toBe('a\nb\n');
});
