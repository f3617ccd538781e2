import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runAttempt } from '../../../src/engine/attempts/run-attempt.ts';
import { SessionMachine } from '../../../src/engine/machines/session-machine.ts';
import { SshClient } from '../../../src/engine/machines/ways/ssh-client.ts';
import { MemoryOutput } from '../../../src/engine/output/output-store.ts';
import { PipePool } from '../../../src/engine/output/pipe-pool.ts';
import { Watchdog } from '../../../src/engine/processes/watchdog.ts';
import { CarriedState } from '../../../src/engine/shells/carried-state.ts';
import { KnownSecrets } from '../../../src/run/masking/known-secrets.ts';
import { block } from '../../run/sample-plan.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { ExecutorRig } from '../executors/executor-rig.ts';

/** Runs here what it is told to run on `web1`. */
const standIn = `#!/bin/sh
while [ "$1" != web1 ]; do [ $# -gt 0 ] || exit 255; shift; done
shift; [ "$1" = -- ] && shift
exec sh -c "$*"
`;

const allThatIsDue = () => new Promise((resolve) => setImmediate(resolve));

test('an end that comes while the journal is waited for ends the block as soon as it begins', async () => {
  const folder = await temporaryFolder();
  const ssh = join(folder, 'ssh');
  await writeFile(ssh, standIn);
  await chmod(ssh, 0o755);
  const env = { PATH: process.env.PATH ?? '' };
  const pool = await PipePool.create(folder);
  const resources = {
    ...{
      common: {},
      pool,
      carried: new CarriedState(env, folder, new KnownSecrets()),
      watchdog: new Watchdog(folder),
    },
    secrets: new KnownSecrets(),
    grace: { interruptMs: 500, terminateMs: 500, killMs: 500 },
    monotonicMs: () => performance.now(),
  };
  const machine = new SessionMachine(
    { host: 'web1' },
    {
      client: new SshClient({ command: [ssh], env, mayAsk: false }),
      resources,
      languages: { shell: 'sh', interpreters: {} },
      runAs: {},
      variables: () => ({}),
    },
  );
  const interrupt = new AbortController();
  let release: () => void = () => {};
  const synced = new Promise<void>((resolve) => {
    release = resolve;
  });
  const execution = {
    ...{ item: block('wait', 'steps', { code: 'sleep 30' }), code: 'sleep 30', attempt: 1, host: 'web1' },
    purpose: 'block' as const,
    signal: interrupt.signal,
    beforeCode: () => synced,
    onOutput: () => {},
  };
  const prepared = await machine.prepare(execution);
  if ('startFailure' in prepared) throw new Error(prepared.startFailure);
  const startedAt = performance.now();
  const running = runAttempt(resources, {
    ...{ execution, prepared, host: 'web1', rawStdoutLimit: 0 },
    store: new MemoryOutput(1000),
  });
  await allThatIsDue();
  interrupt.abort();
  // All that the interrupt can do by itself is done before there is a session.
  await allThatIsDue();
  release();
  expect((await running).endedBy).toBe('interrupt');
  expect(performance.now() - startedAt).toBeLessThan(20_000);
  pool.close();
});

test('a block whose children still hold its output says that nobody reads it any more', async () => {
  const folder = await temporaryFolder();
  const ssh = join(folder, 'ssh');
  await writeFile(ssh, standIn);
  await chmod(ssh, 0o755);
  const env = { PATH: process.env.PATH ?? '', HOME: folder };
  const rig = await ExecutorRig.create({ env, cwd: folder, ssh: { command: [ssh], env, mayAsk: false } });
  const ended = async (language: string, code: string) => {
    const { stdout, result } = await rig.run(language, code, {}, { host: 'web1' });
    const pid = Number(/\d+/.exec(stdout));
    if (pid > 0) process.kill(pid, 'SIGKILL');
    return [stdout.replace(/\d+/, 'pid'), result.warnings];
  };
  const stillRuns = ['something that it started still runs; what that prints is not kept'];
  const inPython = (how: string): string =>
    `import subprocess\nprint(subprocess.Popen(["sleep", "60"]${how}).pid, flush=True)`;
  expect(
    await Promise.all([
      ended('sh', 'sleep 60 & echo $!'),
      ended('sh', 'sleep 60 >/dev/null 2>&1 & echo $!'),
      ended('sh', '(sleep 0.05; echo late) & echo now'),
      ended('python', inPython(', start_new_session=True')),
      ended('python', inPython(', stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL')),
    ]),
  ).toEqual([
    ['pid\n', stillRuns],
    ['pid\n', []],
    ['now\nlate\n', []],
    ['pid\n', stillRuns],
    ['pid\n', []],
  ]);
  await rig.close();
});
