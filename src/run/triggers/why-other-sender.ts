// Owns whether an event is of the kind that a rule is about, before any pattern or expression is tried.
import type { Trigger } from '../../runbook/front-matter/triggers/trigger.ts';
import { citedText } from './cited-text.ts';
import type { ReceivedEvent } from './received-event.ts';

/** Why it is not, as a sentence without its stop; undefined where it is. */
export function whyOtherSender(
  { source, endpoint, schedule }: Trigger,
  event: ReceivedEvent,
): string | undefined {
  if (event.source !== source)
    return `the event comes from ${citedText(event.source)}, and the rule is for \`${source}\``;
  if (endpoint !== undefined && event.endpoint !== endpoint)
    return `the event came through the endpoint ${citedText(event.endpoint)}, and the rule is for \`${endpoint}\``;
  if (schedule !== undefined) {
    const { cron = '', timezone = '' } = event.labels;
    if (cron !== schedule.cron || timezone !== schedule.timezone)
      return `the tick is of ${citedText(cron)} in ${citedText(timezone)}, and the rule is for \`${schedule.cron}\` in \`${schedule.timezone}\``;
  }
  return event.state === 'resolved' ? 'the event tells that it is over, and that starts nothing' : undefined;
}
