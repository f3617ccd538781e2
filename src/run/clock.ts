// Owns what a clock is to a run.

/** Wall and steady clocks. */
export interface Clock {
  /** Wall time. */
  now(): Date;
  /** Steady milliseconds, for durations only. */
  monotonicMs(): number;
  /** Resolves after `ms`, or at once when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}
