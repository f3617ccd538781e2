// Owns whether a time on the clocks of their zone is within quiet hours.
import { type QuietHours, type Weekday, weekdays } from './trigger.ts';

/** A weekday, from 0 for Monday on, and a minute of that day. */
export interface ClockTime {
  readonly day: number;
  readonly minute: number;
}

/** Whether it is within the hours; those that end on the next day belong to the day on which they begin. */
export function withinHours({ days, from, to }: QuietHours, { day, minute }: ClockTime): boolean {
  const isOf = (shift: number) => days.includes(weekdays[(day + shift + 7) % 7] as Weekday);
  if (from < to) return minute >= from && minute < to && isOf(0);
  return (minute >= from && isOf(0)) || (minute < to && isOf(-1));
}
