// Owns what becomes of the alert of a run in services that keep one: opened, somebody is at it, over.
import type { RunEvent } from '../../run/event.ts';

/** What a message does to the alert of its run, in the words of those services. */
export type AlertAction = 'trigger' | 'acknowledge' | 'resolve';

/** What an event does to an alert that is open. */
export function alertAction(event: RunEvent): AlertAction {
  switch (event.type) {
    case 'RunEnded':
      return event.outcome === 'succeeded' || event.outcome === 'rolled-back' ? 'resolve' : 'trigger';
    case 'RunResumed':
    case 'ApprovalGiven':
    case 'DoubtResolved':
      return 'acknowledge';
    case 'FailureDecided':
      return event.automatic ? 'trigger' : 'acknowledge';
    default:
      return 'trigger';
  }
}

/** What such a message is about, for those whom no rule tells of the event. */
export function alertTopic(event: RunEvent): string {
  return event.type === 'RunEnded'
    ? event.outcome
    : event.type === 'RunResumed'
      ? 'resumed'
      : 'being handled';
}
