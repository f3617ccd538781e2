// Owns ending a block that runs too long or is interrupted.
import { startTimer, type Timer } from '../start-timer.ts';

export type EndedBy = 'itself' | 'timeout' | 'interrupt';

export interface Supervision {
  readonly signal: AbortSignal;
  readonly timeoutMs?: number;
  /** Resolves when the time begins to count; it counts at once when absent. */
  readonly timeFrom?: Promise<void>;
  /** Resolves when there is something to end, with what ends it. */
  readonly started: Promise<() => Promise<void>>;
  /** Called when it is to end early, for what is no process. */
  readonly onEnd: () => void;
}

/** Waits for `ended`, and ends the whole tree when time is up or the signal is aborted. */
export async function supervise<Value>(
  ended: Promise<Value>,
  { signal, timeoutMs, timeFrom, started, onEnd }: Supervision,
): Promise<{ readonly value: Value; readonly endedBy: EndedBy }> {
  let endedBy: EndedBy = 'itself';
  let ladder: Promise<void> | undefined;
  const end = (cause: EndedBy): void => {
    if (ladder !== undefined) return;
    endedBy = cause;
    onEnd();
    // What never began has nothing to end, and how that came about is told to whoever waits for `ended`.
    const over = ended.then(
      () => undefined,
      () => undefined,
    );
    ladder = Promise.race([started, over]).then((endIt) => endIt?.());
  };
  const interrupt = (): void => end('interrupt');
  if (signal.aborted) interrupt();
  else signal.addEventListener('abort', interrupt, { once: true });
  let timer: Timer | undefined;
  let isOver = false;
  const count = (): void => {
    if (timeoutMs !== undefined && !isOver) timer = startTimer(() => end('timeout'), timeoutMs);
  };
  if (timeFrom === undefined) count();
  else void timeFrom.then(count);
  try {
    const value = await ended;
    // What was started is not over before its whole tree is.
    await ladder;
    return { value, endedBy };
  } finally {
    isOver = true;
    timer?.stop();
    signal.removeEventListener('abort', interrupt);
  }
}
