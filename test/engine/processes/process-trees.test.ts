import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listTree } from '../../../src/engine/processes/process-tree.ts';
import { ExecutorRig, type Ran } from '../executors/executor-rig.ts';

let rig: ExecutorRig;

beforeEach(async () => {
  rig = await ExecutorRig.create();
});

afterEach(() => rig.close());

/** Runs a block and aborts it as soon as it has printed `ready`. */
async function interruptWhenReady(language: string, code: string): Promise<Ran> {
  const ending = new AbortController();
  let seen = '';
  return rig.run(
    language,
    code,
    {},
    {
      signal: ending.signal,
      onOutput: ({ bytes }) => {
        seen += Buffer.from(bytes).toString();
        if (seen.includes('ready')) ending.abort();
      },
    },
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // What nobody has reaped yet is dead all the same.
  return !existsSync(`/proc/${pid}/stat`) || !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
}

/** The numbers in the files that a block wrote its processes to. */
function pidsIn(...files: string[]): number[] {
  return files.map((file) => Number(rig.read(file).trim()));
}

const stubborn = `trap '' INT TERM; echo $$ >stubborn; while :; do sleep 1; done`;

describe('a block that runs too long', () => {
  /** Enough for what comes before it waits, however busy the machine is. */
  const timeoutMs = 2_000;

  test('is ended, and its state taken over', async () => {
    const ran = await rig.run('sh', 'x=kept; sleep 100; echo never', { timeoutMs });
    expect([ran.reason, ran.stdout]).toEqual([{ type: 'timeout', timeoutMs }, '']);
    expect(await rig.sh('echo $x')).toBe('kept');
  });

  test('is ended, and its traps run', async () => {
    const ran = await rig.run('sh', "trap 'echo cleaned up' EXIT; sleep 100; echo never", { timeoutMs });
    expect([ran.reason, ran.stdout]).toEqual([{ type: 'timeout', timeoutMs }, 'cleaned up\n']);
  });

  test('is not taken for ended when it is only stopped', async () => {
    const ran = await rig.run('sh', 'kill -STOP $BASHPID; echo never', { timeoutMs: 200 });
    expect([ran.reason, ran.stdout]).toEqual([{ type: 'timeout', timeoutMs: 200 }, '']);
  });

  test('that is a condition is ended too', async () => {
    const ran = await rig.run('sh', '', { timeoutMs: 100 }, { purpose: 'condition', code: 'sleep 100' });
    expect(ran.reason).toEqual({ type: 'timeout', timeoutMs: 100 });
  });
});

describe('an interrupted block', () => {
  test('gets INT first, as from the keyboard, and may answer it', async () => {
    const ran = await interruptWhenReady('sh', "trap 'echo stopping; exit 4' INT; echo ready; sleep 100");
    expect([ran.reason, ran.result.exitCode, ran.stdout]).toEqual([{ type: 'interrupted' }, 4, '']);
    expect(rig.stored(ran).join('')).toBe('1:ready\nstopping\n');
  });

  test('is ended when it ignores everything', async () => {
    const ran = await interruptWhenReady('sh', `trap '' INT TERM; echo ready; x=1; ${stubborn}`);
    expect([ran.reason, ran.result.exitCode]).toEqual([{ type: 'interrupted' }, null]);
    expect(await rig.sh('echo ${x-before}')).toBe('before');
  });

  test('is ended with all its children, those that ignore INT and TERM and those in other sessions too', async () => {
    const ran = await interruptWhenReady(
      'sh',
      [
        `sh -c '${stubborn.replaceAll("'", "'\\''")}' &`,
        "setsid sh -c 'echo $$ >escaped; exec sleep 100' >/dev/null 2>&1 </dev/null &",
        'setsid env -i PATH="$PATH" sh -c \'echo $$ >stripped; exec sleep 100\' &',
        'until [ -s stubborn ] && [ -s escaped ] && [ -s stripped ]; do :; done; echo ready; wait',
      ].join('\n'),
    );
    expect(ran.reason).toEqual({ type: 'interrupted' });
    expect(pidsIn('stubborn', 'escaped', 'stripped').map(isAlive)).toEqual([false, false, false]);
  });

  test('of another language is ended as well', async () => {
    const ran = await interruptWhenReady(
      'python',
      'import subprocess, time\np = subprocess.Popen(["sleep", "100"])\nopen("child", "w").write(str(p.pid))\n' +
        'print("ready", flush=True)\ntime.sleep(100)',
    );
    expect(ran.reason).toEqual({ type: 'interrupted' });
    expect(pidsIn('child').map(isAlive)).toEqual([false]);
  });

  test('that was interrupted before it began is not left running', async () => {
    const ran = await rig.run('sh', 'sleep 100', {}, { signal: AbortSignal.abort() });
    expect(ran.reason).toEqual({ type: 'interrupted' });
  });
});

describe('a process that a block leaves behind', () => {
  test('and that holds its output cannot hold up the run, nor write into the next block', async () => {
    const started = performance.now();
    const first = await rig.run(
      'sh',
      '(until [ -e go ]; do sleep 0.01; done; echo late; touch wrote; exec sleep 100) & echo $! >pid; echo first',
    );
    expect([first.stdout, performance.now() - started < 5000]).toEqual(['first\n', true]);
    const second = await rig.run('sh', 'touch go; until [ -e wrote ]; do sleep 0.01; done; echo second');
    expect([second.stdout, rig.stored(first)]).toEqual(['second\n', ['1:first\n']]);
    // It belongs to whoever started it, and outlives its block.
    expect(pidsIn('pid').map(isAlive)).toEqual([true]);
    process.kill(pidsIn('pid')[0] ?? 0);
  });

  test('and that prints for ever is cut off', async () => {
    const ran = await rig.run('sh', 'yes & echo $! >pid; sleep 0.05');
    expect([ran.ok, ran.result.output.stdoutBytes > 0]).toEqual([true, true]);
    process.kill(pidsIn('pid')[0] ?? 0);
  });

  // How long a moment may be is a matter of the machine's load: one try in a few has to be within it.
  test('and that prints on for a moment is waited for', { retry: 3 }, async () => {
    const code = 'echo direct; echo piped > >(until [ -e seen ]; do :; done; cat)';
    const seen = join(rig.folder, 'seen');
    rmSync(seen, { force: true });
    const ran = await rig.run('bash', code, {}, {}, () => writeFileSync(seen, ''));
    expect(ran.stdout).toBe('direct\npiped\n');
  });
});

test('a tree is found by its group, its descent and its marker', async () => {
  const ran = await rig.run('sh', 'setsid sleep 100 >/dev/null 2>&1 & echo $! >pid; echo $RUNSHEET_OUTPUT');
  const [pid = 0] = pidsIn('pid');
  const found = await listTree({ leader: -1, marker: `RUNSHEET_OUTPUT=${ran.stdout.trim()}` });
  expect(found.map((info) => info.pid)).toEqual([pid]);
  process.kill(pid);
});

describe('background blocks', () => {
  test('run beside the others with the state at their start, and are ended with the run', async () => {
    await rig.sh('x=before');
    const started = await rig.run('sh', "echo $x >seen; sh -c 'echo $$ >child; exec sleep 100'", {
      background: true,
    });
    expect([started.ok, started.result]).toEqual([
      true,
      {
        exitCode: null,
        durationMs: 0,
        output: { stdoutBytes: 0, stderrBytes: 0, lines: 0 },
        captured: {},
        warnings: [],
      },
    ]);
    expect(await rig.sh('x=after; until [ -s child ]; do sleep 0.01; done; cat seen')).toBe('before');
    const [ended] = await rig.executor.close();
    expect([ended?.address, ended?.result.exitCode]).toEqual(['block-2', null]);
    expect(pidsIn('child').map(isAlive)).toEqual([false]);
  });

  test.for(['sh', 'dash', 'python'])(
    'that wait for the journal are ended with the run: %s',
    async (language) => {
      let release: () => void = () => {};
      const synced = new Promise<void>((resolve) => {
        release = resolve;
      });
      let ask: () => void = () => {};
      const asked = new Promise<void>((resolve) => {
        ask = resolve;
      });
      const code = language === 'python' ? 'import time; time.sleep(100)' : 'sleep 100';
      const beforeCode = (): Promise<void> => {
        ask();
        return synced;
      };
      const starting = rig.run(language, code, { background: true }, { beforeCode });
      await asked;
      const closing = rig.executor.close();
      release();
      const [ends, start] = [await closing, await starting];
      // It is told of once: by who started it, or, where its end took longer than a start is watched, by who ended it.
      if (ends.length === 0) expect(start).toMatchObject({ ok: false, reason: { type: 'interrupted' } });
      else expect({ start, ends }).toMatchObject({ start: { ok: true }, ends: [{ ended: 'by-run' }] });
    },
  );

  test('that end by themselves are reported with their output', async () => {
    const ends = new Promise((resolve) => {
      rig.executor.onBackgroundEnd(resolve);
    });
    const code = 'import os, time\nwhile not os.path.exists("go"): time.sleep(0.01)\nprint("done"); exit(3)';
    await rig.run('python', code, { background: true });
    await rig.sh('touch go');
    expect(await ends).toEqual({
      address: 'block-1',
      ended: 'itself',
      reason: { type: 'exit', code: 3 },
      result: {
        exitCode: 3,
        durationMs: expect.any(Number),
        output: {
          file: expect.stringMatching(/^outputs\/small-[0-9a-f]{8}\.out$/),
          at: 0,
          stdoutBytes: 5,
          stderrBytes: 0,
          lines: 1,
          digest: 'd117fa006ba9208500b2930ce69cbde436c647afa917cb7396a9bc9111a46dd2',
        },
        captured: {},
        warnings: [],
      },
    });
    expect(await rig.executor.close()).toEqual([]);
  });

  test('that end at once end like any other', async () => {
    const failed = await rig.run('sh', 'echo "address in use" >&2; exit 1', { background: true });
    expect(failed).toMatchObject({
      ok: false,
      reason: { type: 'exit', code: 1 },
      result: { exitCode: 1, output: { stderrBytes: 15 } },
    });
    const passed = await rig.run('sh', 'true', { background: true });
    expect(passed).toMatchObject({ ok: true, result: { exitCode: 0 } });
    expect(await rig.executor.close()).toEqual([]);
  });

  test.for([
    ['told to end', 'trap - TERM; kill -TERM $(cat pid)', undefined],
    ['killed', 'kill -KILL $(cat pid)', { type: 'signal', signal: 'SIGKILL' }],
  ] as const)('that are %s by a later block', async ([, kill, reason]) => {
    const ends = new Promise((resolve) => {
      rig.executor.onBackgroundEnd(resolve);
    });
    await rig.run('sh', 'echo $BASHPID >pid.new; mv pid.new pid; exec sleep 100', { background: true });
    await rig.sh(`until [ -e pid ]; do sleep 0.01; done; ${kill}`);
    expect(await ends).toMatchObject({ address: 'block-1', ended: 'itself', ...(reason && { reason }) });
    expect('reason' in ((await ends) as object)).toBe(reason !== undefined);
  });
});
