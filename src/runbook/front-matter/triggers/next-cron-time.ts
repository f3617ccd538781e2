// Owns the times that a cron expression names.
import { Cron } from 'croner';
import { fail, ok, type Result } from '../../../basics/result.ts';

/**
 * The first time after `afterMs` that the expression names, by the clocks of the zone, in milliseconds since 1970;
 * undefined where there is none. What is no expression fails, with the end of a sentence about it. Its five fields are
 * minute, hour, day, month and weekday; `@daily` and its like are names of some.
 */
export function nextCronTime(
  cron: string,
  timezone: string,
  afterMs: number,
): Result<number | undefined, string> {
  // croner takes dates too, and more fields.
  if (!/^(?:@[a-z]+|\S+(?: \S+){4})$/i.test(cron)) return fail('it does not have five fields');
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
