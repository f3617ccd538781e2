// Owns what a channel of notifications is and what goes through it.
import type { Address } from '../../basics/address.ts';
import type { RecordedEvent } from '../../run/event.ts';
import type { MaskedText } from '../../run/masking/redactor.ts';
import { pageFacts } from '../../run/rules/links-with-rules.ts';
import type { WantedNotification } from '../../run/rules/notifications-of.ts';
import type { RunState } from '../../run/state.ts';
import { describeEvent } from '../../view/words/describe-event.ts';
import { quoted } from '../../view/words/quoted.ts';
import type { LinePiece } from './line-piece.ts';
import { ruleLine } from './rule-line.ts';

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

/** A notification with its line in pieces, for services that read more than words in it. */
export interface Message<Words extends string = MaskedText> {
  readonly notification: Notification<Words>;
  /** What `text` consists of. */
  readonly line: readonly LinePiece<Words>[];
}

/** Sends a message; rejects with a reason for people. It gives up by itself, or when the signal aborts. */
export type SendNotification = (message: Message, signal: AbortSignal) => Promise<void>;

/** The message as it may be sent. */
export function maskMessage(
  { notification, line }: Message<string>,
  redact: (text: string) => MaskedText,
): Message {
  const masked = maskNotification(notification, redact);
  const pieces = line.map(({ text, ...rest }) => ({ ...rest, text: redact(text) }));
  // A secret that goes over a border of two pieces is only found in the whole.
  const isWhole = pieces.map(({ text }) => text).join('') === masked.text;
  return { notification: masked, line: isWhole ? pieces : [{ text: masked.text }] };
}

/** The notification as it may be sent. */
function maskNotification(
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

/** The message of an event. */
export function messageOf(
  wanted: WantedNotification,
  { event, at }: RecordedEvent,
  state: RunState,
): Message<string> {
  const address = 'address' in event ? event.address : undefined;
  const index = address === undefined ? undefined : state.indexOf.get(address);
  const step = index === undefined ? undefined : state.plan.items[index]?.step;
  return withLine(wanted, `${state.plan.title}: ${describeEvent(event).text}`, state, {
    ...headOf(wanted, at, state, address),
    ...(address !== undefined && { address }),
    ...(step !== undefined && { step }),
    ...(event.type === 'RunEnded' && { outcome: event.outcome }),
  });
}

/** The message that a run, or what a link runs, is not over after a while, such as `5m`. */
export function lateMessage(
  wanted: WantedNotification,
  after: string,
  at: string,
  state: RunState,
): Message<string> {
  const what = wanted.within === undefined ? 'the run' : quoted(wanted.within);
  const text = `${state.plan.title}: ${what} is not over after ${after} of its start`;
  return withLine(wanted, text, state, headOf(wanted, at, state, undefined));
}

function withLine(
  { text, within }: WantedNotification,
  ownText: string,
  state: RunState,
  head: Omit<Notification<string>, 'text'>,
): Message<string> {
  const line = text === undefined ? [{ text: ownText }] : ruleLine(text, state, within);
  return { notification: { ...head, text: line.map((piece) => piece.text).join('') }, line };
}

function headOf(
  { to, about, within }: WantedNotification,
  at: string,
  state: RunState,
  address: Address | undefined,
) {
  const { plan, run, operator } = state;
  const { title } = plan;
  const { severity, owner } = pageFacts(state, address ?? within);
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
