import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runProgramOnTerminal } from '../../../src/engine/processes/run-on-terminal.ts';
import type { BlockTerminal } from '../../../src/run/executor.ts';
import type { BlockItem } from '../../../src/run/plan.ts';
import { blockItem, ExecutorRig } from '../executors/executor-rig.ts';
import { buildSmallTool } from './small-tool.ts';

let rig: ExecutorRig;

beforeEach(async () => {
  rig = await ExecutorRig.create();
});

afterEach(() => rig.close());

interface OnTerminal {
  /** Everything the terminal was sent. */
  readonly shown: string;
  readonly execution: Awaited<ReturnType<ExecutorRig['executor']['run']>>;
}

/** Runs a block on a terminal; `react` is called with all that was shown so far, each time there is more. */
async function runOnTerminal(
  code: string,
  extra: Partial<BlockItem> = {},
  react: (shown: string, terminal: BlockTerminal, abort: () => void) => void = () => {},
  language = 'sh',
): Promise<OnTerminal> {
  let shown = '';
  let terminal: BlockTerminal | undefined;
  const ending = new AbortController();
  const request = rig.request(blockItem('on-terminal', language, code, extra), {
    signal: ending.signal,
    terminal: {
      type: 'own',
      columns: 90,
      rows: 20,
      attach: (attached) => {
        terminal = attached;
      },
    },
    onOutput: ({ bytes, stream }) => {
      expect(stream).toBe('terminal');
      shown += Buffer.from(bytes).toString();
      if (terminal !== undefined) react(shown, terminal, () => ending.abort());
    },
  });
  const execution = await rig.executor.run(request);
  expect(terminal).toBe(undefined);
  return { shown, execution };
}

test('what is refused is the failure of the program, and no terminal is made for it', async () => {
  const attached: unknown[] = [];
  const end = await runProgramOnTerminal({
    command: 'true',
    arguments: [],
    env: { X: 'a\0b' },
    cwd: '/',
    size: { columns: 80, rows: 24 },
    attach: (terminal) => attached.push(terminal),
    onBytes: () => {},
    onStarted: () => attached.push('started'),
    onHeld: () => {},
  });
  expect(end).toEqual({
    code: null,
    signal: null,
    failure: '`$X` holds a NUL byte, which cannot be passed to a process',
  });
  expect(attached).toEqual([]);
});

describe('a block on a terminal of its own', () => {
  test('finds a terminal of the size that was asked for, and shares the state of the others', async () => {
    await rig.sh('cd /; x="a b"; f() { echo in f; }; set -u');
    const ran = await runOnTerminal(
      'test -t 0 && test -t 1 && test -t 2 && stty size && echo $x $PWD $- $TERM && f; y=2; exit 3',
    );
    expect(ran.shown).toBe('20 90\r\na b / ehuB xterm-256color\r\nin f\r\n');
    expect(ran.execution.ok ? undefined : ran.execution.reason).toEqual({ type: 'exit', code: 3 });
    expect(ran.execution.result.output).toEqual({
      file: expect.stringMatching(/^outputs\/small-[0-9a-f]{8}\.out$/),
      at: 0,
      stdoutBytes: 37,
      stderrBytes: 0,
      lines: 3,
      digest: '81771777a81994d94e5c0bef7861cec684055ca88c23a7a2fe2a69b078d8a008',
    });
    expect(Buffer.from(ran.execution.stdout.readStdout(100)).toString()).toBe(
      '20 90\na b / ehuB xterm-256color\nin f\n',
    );
    expect(await rig.sh('echo $y ${TERM-none}')).toBe('2 dumb');
  });

  test('reads what is typed, also a password from /dev/tty, which is not shown', async () => {
    const ran = await runOnTerminal(
      'read -r -p "name? " name; read -rs -p "password: " word </dev/tty; echo; echo "$name ${#word}"',
      {},
      (shown, terminal) => {
        if (shown.endsWith('name? ')) terminal.write(Buffer.from('Ada\r'));
        if (shown.endsWith('password: ')) terminal.write(Buffer.from('sesame\r'));
      },
    );
    expect(ran.shown).toBe('name? Ada\r\npassword: \r\nAda 6\r\n');
  });

  test('can be resized and interrupted by a key', async () => {
    const ran = await runOnTerminal(
      'trap "stty size" WINCH; trap "echo caught; exit 4" INT; echo ready; while :; do sleep 0.02; done',
      {},
      (shown, terminal) => {
        if (shown === 'ready\r\n') terminal.resize(50, 10);
        if (shown.endsWith('10 50\r\n')) terminal.write(Buffer.from('\x03'));
      },
    );
    expect(ran.shown).toBe('ready\r\n10 50\r\n^Ccaught\r\n');
    expect(ran.execution.result.exitCode).toBe(4);
  });

  test('gives its stdout alone to a capture, and shows all', async () => {
    const ran = await runOnTerminal('echo value; echo note >&2; test -t 2 && echo tty >/dev/tty', {
      captures: [{ name: 'VALUE' }],
    });
    expect(ran.execution.result.captured).toEqual({ VALUE: 'value' });
    expect(ran.shown.split('\r\n').sort()).toEqual(['', 'note', 'tty', 'value']);
  });

  test('never loses what it printed last', async () => {
    for (let round = 0; round < 15; round++)
      expect((await runOnTerminal(`printf 'last %s' ${round}`)).shown).toBe(`last ${round}`);
  });

  test.each(['bash', 'dash', 'zsh'])(
    'of %s is read to its end also by a tool that takes its time',
    async (language) => {
      const text = 'x'.repeat(14_000);
      const holdUp = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
      // It ends long before what it has printed is read.
      const ran = await runOnTerminal(`printf '%s' ${text}`, {}, holdUp, language);
      expect(ran.shown).toBe(text);
      expect(ran.execution.result.output.stdoutBytes).toBe(text.length);
    },
  );

  test('that prints much is kept whole', async () => {
    const ran = await runOnTerminal(
      'for ((i = 0; i < 20000; i++)); do echo line $i; done',
      {},
      () => {},
      'bash',
    );
    const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index}`);
    expect(ran.shown).toBe(`${lines.join('\r\n')}\r\n`);
    expect(ran.execution.result.output.lines).toBe(20_000);
  });

  test('is ended as a tree when it is interrupted or runs too long', async () => {
    const interrupted = await runOnTerminal(
      'x=1; echo ready; sleep 100 & sleep 100',
      {},
      (shown, _, abort) => {
        if (shown.includes('ready')) abort();
      },
    );
    expect(interrupted.execution.ok ? undefined : interrupted.execution.reason).toEqual({
      type: 'interrupted',
    });
    const late = await runOnTerminal('trap "" INT TERM HUP; while :; do sleep 1; done', { timeoutMs: 150 });
    expect(late.execution.ok ? undefined : late.execution.reason).toEqual({
      type: 'timeout',
      timeoutMs: 150,
    });
    expect((await runOnTerminal('kill -9 $$')).execution.result.exitCode).toBe(null);
  });

  test.each(['bash', 'dash', 'zsh'])('leaves what %s has started with & as it is', async (language) => {
    const ran = await runOnTerminal('sleep 100 & echo $! >pid', {}, () => {}, language);
    expect({ shown: ran.shown, exitCode: ran.execution.result.exitCode }).toEqual({ shown: '', exitCode: 0 });
    expect(await rig.sh('kill -0 $(cat pid) && echo it runs')).toBe('it runs');
    await rig.reopen({});
    const left = Number(readFileSync(join(rig.work, 'pid'), 'utf8'));
    // Throws where there is none.
    expect(process.kill(left, 'SIGKILL')).toBe(true);
  });

  test.each(['bash', 'dash', 'zsh'])(
    'in %s shows nothing of ours where its folder is gone',
    async (language) => {
      const leaving = await runOnTerminal(
        'mkdir gone; cd gone; rmdir ../gone; echo left',
        {},
        undefined,
        language,
      );
      expect(leaving.shown).toBe('left\r\n');
    },
  );

  test('of another language runs on pipes', async () => {
    const execution = await rig.executor.run(
      rig.request(blockItem('py', 'python', 'import sys; print(sys.stdin.isatty())'), {
        terminal: { type: 'own', columns: 80, rows: 24, attach: () => {} },
      }),
    );
    expect(Buffer.from(execution.stdout.readStdout(100)).toString()).toBe('False\n');
  });
});

test('an interactive block has the terminal of the tool itself, with state and environment', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'runsheet-interactive-'));
  try {
    const program = join(folder, 'program.mjs');
    await buildSmallTool(
      program,
      `await run('x=before');
await run('test -t 0 && read -r -p "$x? " answer; stty size', {}, { terminal: { type: 'operator' } });
const after = await run('echo "after: $answer"');
process.stdout.write(Buffer.from(after.stdout.readStdout(100)));
await executor.close();`,
    );
    const tool = spawn(process.execPath, [program, folder], { cols: 60, rows: 15, env: { ...process.env } });
    let shown = '';
    tool.onData((data) => {
      shown += data;
      if (shown.endsWith('before? ')) tool.write('yes\r');
    });
    await new Promise((resolve) => tool.onExit(resolve));
    expect(shown).toBe('before? yes\r\n15 60\r\nafter: yes\r\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
