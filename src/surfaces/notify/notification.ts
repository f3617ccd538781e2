// Owns what a channel of notifications is and what goes through it.
import type { RecordedEvent } from '../../run/event.ts';
import type { WantedNotification } from '../../run/rules/notifications-of.ts';
import type { RunState } from '../../run/state.ts';
import { describeEvent } from '../../view/words/describe-event.ts';

/** What is sent, as one JSON object; it holds no secrets. */
export interface Notification {
  readonly v: 1;
  readonly to: string;
  /** What it is about, in a word or two. */
  readonly about: string;
  /** One line for people; the key is the one that chat services read. */
  readonly text: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly run: string;
  readonly title: string;
  readonly severity?: string;
  readonly owner?: string;
  readonly operator: string;
  readonly address?: string;
  readonly step?: string;
  readonly outcome?: string;
}

/** Sends a notification; rejects with a message for people. It gives up by itself, or when the signal aborts. */
export type SendNotification = (notification: Notification, signal: AbortSignal) => Promise<void>;

/** The notification of an event. */
export function notificationOf(
  { to, about }: WantedNotification,
  { event, at }: RecordedEvent,
  state: RunState,
): Notification {
  const address = 'address' in event ? event.address : undefined;
  const index = address === undefined ? undefined : state.indexOf.get(address);
  const step = index === undefined ? undefined : state.plan.items[index]?.step;
  return {
    ...headOf({ to, about }, at, state),
    text: `${state.plan.title}: ${describeEvent(event).text}`,
    ...(address !== undefined && { address }),
    ...(step !== undefined && { step }),
    ...(event.type === 'RunEnded' && { outcome: event.outcome }),
  };
}

/** The notification that a run is not over after a while. */
export function lateNotification(wanted: WantedNotification, at: string, state: RunState): Notification {
  return {
    ...headOf(wanted, at, state),
    text: `${state.plan.title}: the run is not over ${wanted.about} of its start`,
  };
}

function headOf({ to, about }: WantedNotification, at: string, { plan, run, operator }: RunState) {
  const { title, severity, owner } = plan;
  return {
    v: 1 as const,
    to,
    about,
    at,
    run: run ?? '',
    title,
    ...(severity !== undefined && { severity }),
    ...(owner !== undefined && { owner }),
    operator: operator === undefined ? '' : `${operator.user}@${operator.host}`,
  };
}
