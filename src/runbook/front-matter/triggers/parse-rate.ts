// Owns how it is written how often something may begin.
import { parseDuration } from '../../parse-duration.ts';
import type { Rate } from './trigger.ts';

/** Reads `6/h` and `2/30m`: so many in any stretch of that time; undefined for anything else. */
export function parseRate(text: string): Rate | undefined {
  const [, count = '', time = ''] = /^([1-9]\d{0,8})\s*\/\s*([\d.a-z]+)$/.exec(text.trim()) ?? [];
  const perMs = parseDuration(/^\d/.test(time) ? time : `1${time}`);
  return count === '' || perMs === undefined || perMs === 0 ? undefined : { count: Number(count), perMs };
}
