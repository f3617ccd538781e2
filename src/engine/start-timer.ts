// Owns waiting for any length of time: a timer of Node that is to be longer than 24.8 days is over after 1 ms.

/** A timer of Node cannot be longer. */
export const longestTimerMs = 2 ** 31 - 1;

/** What will be done later. */
export interface Timer {
  /** From now on it is not done any more. */
  stop(): void;
}

/** How a timer is kept. */
export interface TimerOptions {
  /** Whether the process stays for it; it does where nothing is said. */
  readonly holds?: boolean;
  /** Longest that is waited at once, in milliseconds. */
  readonly atOnceMs?: number;
}

/** Does `action` once `ms` are over, however many they are. */
export function startTimer(
  action: () => void,
  ms: number,
  { holds = true, atOnceMs = longestTimerMs }: TimerOptions = {},
): Timer {
  let timer: NodeJS.Timeout;
  const wait = (leftMs: number): void => {
    const nowMs = Math.min(leftMs, atOnceMs);
    timer = setTimeout(() => (leftMs > nowMs ? wait(leftMs - nowMs) : action()), nowMs);
    if (!holds) timer.unref();
  };
  wait(ms);
  return { stop: () => clearTimeout(timer) };
}
