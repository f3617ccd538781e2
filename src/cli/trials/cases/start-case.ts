// Owns the process that a case runs in: its start, its time, and its end with all that it has started.
import { execa } from 'execa';
import { startTimer } from '../../../engine/start-timer.ts';

/** How a process of a case has ended. */
export interface EndedProcess {
  readonly ended: 'itself' | 'timeout' | 'interrupt';
  /** Undefined where a signal has ended it. */
  readonly exitCode: number | undefined;
  /** What it has said for people; of much, the end. */
  readonly messages: string;
}

/** Until a process that was asked to end is killed; what its run has started is ended by its watchdog then. */
const graceMs = 8_000;
/** Characters. */
const longestMessages = 100_000;

/** Runs this tool once more, with nothing of the environment but `env`, until it ends, its time is over, or the signal. */
export async function startCase(
  args: readonly string[],
  {
    env,
    cwd,
    timeoutMs,
    signal,
  }: {
    readonly env: Readonly<Record<string, string>>;
    readonly cwd: string;
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
  },
): Promise<EndedProcess> {
  let ended: EndedProcess['ended'] = 'itself';
  const child = execa(process.execPath, [process.argv[1] ?? '', ...args], {
    ...{ env, cwd, extendEnv: false, reject: false, verbose: 'none' },
    ...{ stdin: 'ignore', stdout: 'ignore', stderr: 'pipe', buffer: false },
    // Ctrl-C reaches this process alone, which then ends its cases one by one.
    detached: true,
    forceKillAfterDelay: graceMs,
  });
  let messages = '';
  // However much it says: it is read to the end, so that it never waits for a reader.
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    messages = `${messages}${text}`.slice(-longestMessages);
  });
  const end = (why: EndedProcess['ended']) => (): void => {
    if (ended !== 'itself') return;
    ended = why;
    child.kill('SIGTERM');
  };
  const interrupt = end('interrupt');
  const timer = startTimer(end('timeout'), timeoutMs);
  signal.addEventListener('abort', interrupt, { once: true });
  if (signal.aborted) interrupt();
  try {
    const { exitCode } = await child;
    return { ended, exitCode, messages };
  } finally {
    timer.stop();
    signal.removeEventListener('abort', interrupt);
  }
}
