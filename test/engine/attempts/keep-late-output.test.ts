import { afterEach, beforeEach, expect, test } from 'vitest';
import { longestLateBytes } from '../../../src/engine/attempts/keep-late-output.ts';
import { readStoredOutput } from '../../../src/engine/output/read-stored-output.ts';
import type { LateOutput } from '../../../src/run/executor.ts';
import { KnownSecrets } from '../../../src/run/masking/known-secrets.ts';
import { ExecutorRig } from '../executors/executor-rig.ts';

let rig: ExecutorRig;
let late: Promise<LateOutput>;

beforeEach(async () => {
  rig = await ExecutorRig.create({ secrets: new KnownSecrets({ WORD: 'sesame' }) });
  late = new Promise((resolve) => {
    rig.executor.onLateOutput(resolve);
  });
});

afterEach(() => rig.close());

const stillRuns =
  'something that it started still runs; what that prints while the run goes on is kept with this block';

function kept({ result }: LateOutput): string[] {
  return [...readStoredOutput(rig.runFolder, result.output)].map(
    ({ stream, bytes }) => `${stream === 'stderr' ? '2:' : '1:'}${Buffer.from(bytes)}`,
  );
}

const waits = 'until [ -e go ]; do sleep 0.02; done';
const python = [
  'import subprocess',
  `subprocess.Popen(["sh", "-c", "${waits}; echo late sesame; echo bad >&2"])`,
  'print("early")',
].join('\n');

test.each([
  ['bash', `( ${waits}; echo late sesame; echo bad >&2 ) & echo early`],
  ['dash', `( ${waits}; echo late sesame; echo bad >&2 ) & echo early`],
  ['zsh', `( ${waits}; echo late sesame; echo bad >&2 ) & echo early`],
  ['python', python],
])('what a %s block leaves behind is kept with it, masked, by stream', async (language, code) => {
  const ran = await rig.run(language, code);
  expect(ran.result.warnings).toEqual([stillRuns]);
  expect(rig.stored(ran)).toEqual(['1:early\n']);
  await rig.sh('touch go');
  const told = await late;
  expect({ ...told, result: { ...told.result, output: {} } }).toEqual({
    address: 'block-1',
    attempt: 1,
    result: {
      ...ran.result,
      output: {},
      warnings: [stillRuns, '16 bytes of its output came after it had ended'],
    },
  });
  expect(told.result.output).toMatchObject({ stdoutBytes: 15, stderrBytes: 4, lines: 3 });
  expect(kept(told)).toEqual(['1:early\nlate ***\n', '2:bad\n']);
});

test('what comes on a terminal is kept as well, without its carriage returns', async () => {
  const ran = await rig.run(
    'bash',
    `( ${waits}; echo late; echo bad >&2 ) & echo early`,
    {},
    {
      terminal: { type: 'own', columns: 80, rows: 24, attach: () => {} },
    },
  );
  expect(ran.result.warnings).toEqual([stillRuns]);
  await rig.sh('touch go');
  expect(kept(await late)).toEqual(['1:early\nlate\nbad\n']);
});

test('what has come until the run ends is told of then, and what ran runs on', async () => {
  await rig.run(
    'bash',
    '( echo $BASHPID >pid; until [ -e go ]; do sleep 0.02; done; echo late; touch came; exec sleep 100 ) &',
  );
  await rig.sh('touch go; until [ -e came ]; do sleep 0.02; done');
  await rig.reopen({});
  expect(kept(await late)).toEqual(['1:late\n']);
  // Throws where there is none.
  expect(process.kill(Number(rig.read('pid')), 'SIGKILL')).toBe(true);
});

test('what holds the output and prints nothing is told of once, by the block', async () => {
  let told = 0;
  rig.executor.onLateOutput(() => {
    told += 1;
  });
  const ran = await rig.run('bash', 'sleep 100 & echo $! >pid');
  expect(ran.result.warnings).toEqual([stillRuns]);
  process.kill(Number(rig.read('pid')), 'SIGKILL');
  const quiet = await rig.run('bash', 'sleep 100 >/dev/null 2>&1 & echo $! >pid');
  expect(quiet.result.warnings).toEqual([]);
  process.kill(Number(rig.read('pid')), 'SIGKILL');
  await rig.reopen({});
  expect(told).toBe(0);
});

test('what never ends does not fill the disk', async () => {
  await rig.run('bash', `( ${waits}; head -c $((${longestLateBytes} + 1000)) /dev/zero | tr '\\0' x ) &`);
  await rig.sh('touch go');
  const { result } = await late;
  expect(result.warnings[1]).toBe(
    `${longestLateBytes + 1000} bytes of its output came after it had ended; the last 1000 of them were dropped`,
  );
  expect(result.output).toMatchObject({ stdoutBytes: longestLateBytes, droppedBytes: 1000 });
});
