// Owns what the clock tells: when a cron expression is due in a time zone, and that it was, as an event.
import { Cron } from 'croner';
import type { ReceivedEvent } from '../../run/triggers/received-event.ts';

/** When something is due, as a runbook says it. */
export interface Schedule {
  /** Five fields, such as `0 6 * * mon`, or a name such as `@daily`. */
  readonly cron: string;
  /** A name of the IANA, such as `Europe/Berlin`. */
  readonly timezone: string;
}

/** What is wrong with a schedule, for people; undefined where it is due at some time. */
export function faultOfSchedule({ cron, timezone }: Schedule): string | undefined {
  if (!isZone(timezone)) return `\`${timezone}\` is not a time zone such as \`Europe/Berlin\``;
  const job = jobOf({ cron, timezone });
  if (job === undefined) return `\`${cron}\` is not five fields of cron such as \`0 6 * * mon\``;
  return job.nextRun(new Date(0)) === null ? `\`${cron}\` is never due` : undefined;
}

/**
 * When it is due next after a time, both in milliseconds since 1970; undefined where it never is, or the schedule has a
 * fault. A time that the clock leaps over in spring is due when the leap ends; one that comes twice in autumn is due the
 * first time only, unless the hour is `*`: then it is due in both.
 */
export function nextDue(schedule: Schedule, afterMs: number): number | undefined {
  const job = isZone(schedule.timezone) ? jobOf(schedule) : undefined;
  return job?.nextRun(new Date(afterMs))?.getTime();
}

/** The event of a due time. `subject` names what is due: the runbook and its entry. */
export function tickOf(schedule: Schedule, subject: string, dueMs: number): ReceivedEvent {
  const due = new Date(dueMs).toISOString();
  const { cron, timezone } = schedule;
  const labels = { cron, timezone, due };
  return {
    source: 'schedule',
    endpoint: '',
    key: [subject, cron, timezone, due].join(' '),
    subject,
    state: 'occurred',
    title: `${cron} (${timezone})`,
    at: due,
    labels,
    fields: { ...labels, labels },
  };
}

function jobOf({ cron, timezone }: Schedule): Cron | undefined {
  // croner takes dates too, and more fields.
  if (!/^(?:@[a-z]+|\S+(?: +\S+){4})$/i.test(cron.trim())) return undefined;
  try {
    return new Cron(cron.trim(), { timezone, mode: '5-part', paused: true });
  } catch {
    return undefined;
  }
}

function isZone(timezone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: timezone }).format(0) !== '';
  } catch {
    return false;
  }
}
