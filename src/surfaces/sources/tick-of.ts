// Owns what the clock tells: that a schedule was due, as an event.
import type { ReceivedEvent } from '../../run/triggers/received-event.ts';
import type { Trigger } from '../../runbook/front-matter/triggers/trigger.ts';

/** When something is due, as a runbook says it. */
export type Schedule = Pick<NonNullable<Trigger['schedule']>, 'cron' | 'timezone'>;

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
