// Owns what is still to be told of a run that rests, and when: what nobody has seen to, and how long it has taken.
import type { RecordedEvent, RunEvent } from '../event.ts';
import type { RunState } from '../state.ts';
import { lateNotificationsOf, notificationsOf, type WantedNotification } from './notifications-of.ts';
import { isSeenTo, stillStands } from './still-stands.ts';

/** A notification that is due at a time, in milliseconds since 1970. */
export interface DueAtRest {
  readonly wanted: WantedNotification;
  readonly dueMs: number;
  /** What it is of: something that has happened, or a time since the start as the author has written it. */
  readonly of: { readonly recorded: RecordedEvent } | { readonly after: string };
}

/** All that nobody has been told yet, whether it is due already or not. */
export function dueAtRest(history: readonly RecordedEvent[], state: RunState): readonly DueAtRest[] {
  if (state.options.rehearse || state.lifecycle !== 'paused') return [];
  const late = lateNotificationsOf(state).map(
    ({ wanted, after, dueMs }): DueAtRest => ({ wanted, dueMs, of: { after } }),
  );
  return [
    ...late.filter(({ wanted }) => !isTold(history, wanted)),
    ...newestOfItems(history).flatMap((index) => delayedOf(history, index, state)),
  ];
}

/** Where the newest event of its kind is for each item: an earlier attempt is told by nobody any more. */
function newestOfItems(history: readonly RecordedEvent[]): readonly number[] {
  const newest = new Map<string, number>();
  for (const [index, { event }] of history.entries())
    if ('address' in event && event.address !== undefined)
      newest.set(`${event.type} ${event.address}`, index);
  return [...newest.values()];
}

function delayedOf(history: readonly RecordedEvent[], index: number, state: RunState): readonly DueAtRest[] {
  const recorded = history[index];
  if (recorded === undefined || !stillStands(recorded.event, state)) return [];
  const since = history.slice(index + 1);
  if (since.some(({ event }) => isSeenTo(recorded.event, event))) return [];
  return notificationsOf(recorded, state).flatMap((wanted): DueAtRest[] => {
    if (wanted.delay === undefined || isTold(since, wanted)) return [];
    return [{ wanted, dueMs: Date.parse(recorded.at) + wanted.delay.ms, of: { recorded } }];
  });
}

/** Whether a channel was told that, or it was tried. */
export function isTold(history: readonly RecordedEvent[], { to, about }: WantedNotification): boolean {
  const isOf = (event: RunEvent): boolean =>
    (event.type === 'NotificationSent' || event.type === 'NotificationFailed') &&
    event.to === to &&
    event.about === about;
  return history.some(({ event }) => isOf(event));
}
