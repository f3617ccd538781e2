// Owns whether it is within quiet hours, and when they are over, by the clocks of their time zone.
import type { QuietHours } from '../../runbook/front-matter/triggers/trigger.ts';
import { type ClockTime, withinHours } from '../../runbook/front-matter/triggers/within-hours.ts';

const minuteMs = 60_000;
const dayMinutes = 24 * 60;
const dayMs = dayMinutes * minuteMs;
/** Hours of every weekday begin at least once in so many days. */
const daysAhead = 9;

/** The first of the quiet hours that it is within at a time, in milliseconds since 1970. */
export function quietAt(quiet: readonly QuietHours[], ms: number): QuietHours | undefined {
  return quiet.find((hours) => withinHours(hours, wallTime(hours.timezone, ms)));
}

/**
 * The first time from `ms` on that is within none of them; undefined where that is not within nine days. Where clocks
 * are put forward over an end, it is the moment at which they are; where they are put back, the hours go by twice.
 */
export function endOfQuiet(quiet: readonly QuietHours[], ms: number): number | undefined {
  if (quietAt(quiet, ms) === undefined) return ms;
  const ends = quiet.flatMap((hours) => endsAfter(hours, ms)).sort((left, right) => left - right);
  return ends.find((end) => end > ms && quietAt(quiet, end) === undefined);
}

/** Every moment at which the hours can be over: their end on each day, and where clocks are put forward or back. */
function endsAfter({ to, timezone }: QuietHours, ms: number): readonly number[] {
  const { midnight } = wallTime(timezone, ms);
  return Array.from({ length: daysAhead + 1 }, (_, index) => index - 1).flatMap((shift) => {
    // The end as if it were in UTC, less each of the distances from UTC that are in force around it.
    const end = midnight + shift * dayMs + to * minuteMs;
    const [before, after] = [offsetAt(timezone, end - dayMs), offsetAt(timezone, end + dayMs)];
    if (before === after) return [end - before];
    return [end - before, end - after, changeBetween(timezone, end - 2 * dayMs, end + 2 * dayMs)];
  });
}

/** The first moment of a time in which the distance from UTC is that of its end. */
function changeBetween(timezone: string, start: number, end: number): number {
  const last = offsetAt(timezone, end);
  let [low, high] = [Math.floor(start / minuteMs), Math.ceil(end / minuteMs)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(timezone, middle * minuteMs) === last) high = middle;
    else low = middle;
  }
  return high * minuteMs;
}

/** How far the clocks of a zone are before UTC. */
function offsetAt(timezone: string, ms: number): number {
  const { midnight, minute } = wallTime(timezone, ms);
  return midnight + minute * minuteMs - Math.floor(ms / minuteMs) * minuteMs;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The time on the clocks: weekday from Monday on, minute of the day, and the day's begin as if it were in UTC. */
function wallTime(timezone: string, ms: number): ClockTime & { readonly midnight: number } {
  let format = formats.get(timezone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone: timezone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formats.set(timezone, format);
  }
  const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const midnight = Date.UTC(part('year'), part('month') - 1, part('day'));
  // 1 January 1970 was a Thursday.
  return {
    day: (Math.floor(midnight / dayMs) + 3) % 7,
    minute: part('hour') * 60 + part('minute'),
    midnight,
  };
}
