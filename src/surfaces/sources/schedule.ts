// Owns what the clock tells: when a cron expression is due in a time zone, and that it was, as an event.
import type { ReceivedEvent } from '../../run/triggers/received-event.ts';
import { nextCronTime } from '../../runbook/front-matter/triggers/next-cron-time.ts';

/** When something is due, as a runbook says it. */
export interface Schedule {
  /** Five fields, such as `0 6 * * mon`, or a name such as `@daily`. */
  readonly cron: string;
  /** A name of the IANA, such as `Europe/Berlin`. */
  readonly timezone: string;
}

/** When it is due next after a time, both in milliseconds since 1970; undefined where it never is, or is no schedule. */
export function nextDue({ cron, timezone }: Schedule, afterMs: number): number | undefined {
  const next = nextCronTime(cron, timezone, afterMs);
  return next.ok ? next.value : undefined;
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
