// Owns what a channel of notifications is and what goes through it.
import type { RecordedEvent } from '../../run/event.ts';
import type { MaskedText } from '../../run/masking/redactor.ts';
import type { WantedNotification } from '../../run/rules/notifications-of.ts';
import type { RunState } from '../../run/state.ts';
import { describeEvent } from '../../view/words/describe-event.ts';

/** What is sent, as one JSON object; `Words` is plain text where nobody has masked it yet. */
export interface Notification<Words extends string = MaskedText> {
  readonly v: 1;
  readonly to: Words;
  /** What it is about, in a word or two. */
  readonly about: Words;
  /** ISO 8601, UTC. */
  readonly at: Words;
  readonly run: Words;
  readonly title: Words;
  readonly severity?: Words;
  readonly owner?: Words;
  readonly operator: Words;
  /** One line for people; the key is the one that chat services read. */
  readonly text: Words;
  readonly address?: Words;
  readonly step?: Words;
  readonly outcome?: Words;
}

/** Sends a notification; rejects with a message for people. It gives up by itself, or when the signal aborts. */
export type SendNotification = (notification: Notification, signal: AbortSignal) => Promise<void>;

/** The notification as it may be sent. */
export function maskNotification(
  { severity, owner, address, step, outcome, ...plain }: Notification<string>,
  redact: (text: string) => MaskedText,
): Notification {
  return {
    v: plain.v,
    to: redact(plain.to),
    about: redact(plain.about),
    at: redact(plain.at),
    run: redact(plain.run),
    title: redact(plain.title),
    ...(severity !== undefined && { severity: redact(severity) }),
    ...(owner !== undefined && { owner: redact(owner) }),
    operator: redact(plain.operator),
    text: redact(plain.text),
    ...(address !== undefined && { address: redact(address) }),
    ...(step !== undefined && { step: redact(step) }),
    ...(outcome !== undefined && { outcome: redact(outcome) }),
  };
}

/** The notification of an event. */
export function notificationOf(
  { to, about }: WantedNotification,
  { event, at }: RecordedEvent,
  state: RunState,
): Notification<string> {
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
export function lateNotification(
  wanted: WantedNotification,
  at: string,
  state: RunState,
): Notification<string> {
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
