// Owns the times that a cron expression names.
import { Cron } from 'croner';
import { fail, ok, type Result } from '../../../basics/result.ts';
import { isTimeZone } from './read-time-zone.ts';

/**
 * The first time after `afterMs` that the expression names, by the clocks of the zone, in milliseconds since 1970;
 * undefined where there is none. What is no expression fails, with the end of a sentence about it. Its five fields are
 * minute, hour, day, month and weekday; `@daily` and its like are names of some. A time that the clock leaps over in
 * spring is due when the leap ends; one that comes twice in autumn is due the first time only, unless the hour is `*`:
 * then it is due in both.
 */
export function nextCronTime(
  cron: string,
  timezone: string,
  afterMs: number,
): Result<number | undefined, string> {
  // croner takes dates too, and more fields.
  if (!/^(?:@(?!reboot$)[a-z]+|\S+(?: \S+){4})$/i.test(cron)) return fail('it does not have five fields');
  // Without a name croner takes the clocks of the machine.
  if (!isTimeZone(timezone)) return fail(`\`${timezone}\` is no time zone`);
  try {
    const next = new Cron(cron, { timezone, mode: '5-part', paused: true }).nextRun(new Date(afterMs));
    return ok(next?.getTime());
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return fail(
      words
        .replace(/^CronPattern: /, '')
        .replace(/\.$/, '')
        .replace(/^[A-Z](?=[a-z ])/, lower),
    );
  }
}

const lower = (letter: string): string => letter.toLowerCase();
