// Owns how durations that somebody wrote down, such as time-outs and intervals, are written again.
import { formatDuration } from '../../runbook/regions/format-duration.ts';

/** A duration that somebody wrote down, such as a timeout: `5 s` rather than `5.0 s`. */
export function writtenDuration(durationMs: number): string {
  return formatDuration(durationMs).replace('.0 s', ' s');
}

/** `every 10 s`, or how the wait between attempts grows. */
export function intervalWords({
  intervalMs,
  longestIntervalMs,
}: {
  readonly intervalMs: number;
  readonly longestIntervalMs?: number;
}): string {
  const first = writtenDuration(intervalMs);
  return longestIntervalMs === undefined
    ? `every ${first}`
    : `after ${first} at first and ${writtenDuration(longestIntervalMs)} at most`;
}
