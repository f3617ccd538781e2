// Owns when one more run may begin where a page says how often.
import type { Rate } from '../../runbook/front-matter/triggers/trigger.ts';

/**
 * The first time from `now` on at which one more may begin, after earlier starts in any order; all in milliseconds since
 * 1970. At no time have more than `count` begun in the last `perMs`.
 */
export function rateTurn({ count, perMs }: Rate, starts: readonly number[], now: number): number {
  const latest = [...starts].sort((left, right) => right - left).at(count - 1);
  return latest === undefined ? now : Math.max(now, latest + perMs);
}
