// Owns what a channel of notifications is and what goes through it.
import type { Address } from '../../basics/address.ts';
import type { RecordedEvent, RunEvent } from '../../run/event.ts';
import type { MaskedText } from '../../run/masking/redactor.ts';
import type { BlockItem, PlanItem } from '../../run/plan.ts';
import { pageFacts } from '../../run/rules/links-with-rules.ts';
import type { RunState } from '../../run/state.ts';
import type { WantedNotification } from '../../run/telling/notifications-of.ts';
import { visibleText } from '../../text/visible-text.ts';
import { approvalWords } from '../../view/words/approval-words.ts';
import { describeEvent } from '../../view/words/describe-event.ts';
import { quoted } from '../../view/words/quoted.ts';
import { type AlertAction, alertAction } from './alert-action.ts';
import type { LinePiece } from './line-piece.ts';
import { type RequestedApproval, requestedApproval } from './requested-approval.ts';
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
  /** Where people look at the run: that of a server with an address of its own. */
  readonly page?: Words;
  /** One line for people; the key is the one that chat services read. */
  readonly text: Words;
  readonly address?: Words;
  /** Title of the step. */
  readonly step?: Words;
  readonly outcome?: Words;
  /** What is to be approved; absent where nobody is asked for that. */
  readonly approval?: RequestedApproval<Words>;
}

/** A notification with its line in pieces, for services that read more than words in it. */
export interface Message<Words extends string = MaskedText> {
  readonly notification: Notification<Words>;
  /** What `text` consists of. */
  readonly line: readonly LinePiece<Words>[];
  /** Somebody should see it now: it is more than the course of things. */
  readonly isUrgent: boolean;
  /** What it does to the alert of the run, in services that keep one. */
  readonly alert: AlertAction;
  /** What the channel calls the conversation that the run has there, if it has begun one. */
  readonly thread?: string;
}

/** What a channel says of a message that it has taken. */
export interface Delivery {
  /** What it calls the conversation that the run has there now. */
  readonly thread?: string;
}

/** Sends a message; rejects with a reason for people. It gives up by itself, or when the signal aborts. */
export type SendNotification = (message: Message, signal: AbortSignal) => Promise<Delivery>;

/** The message as it may be sent. */
export function maskMessage(
  { notification, line, ...rest }: Message<string>,
  redact: (text: string) => MaskedText,
): Message {
  const masked = maskAll(notification, redact);
  const pieces = maskAll(line, redact);
  // A secret that goes over a border of two pieces is only found in the whole.
  const isWhole = pieces.map(({ text }) => text).join('') === masked.text;
  return { ...rest, notification: masked, line: isWhole ? pieces : [{ text: masked.text }] };
}

/** What it is with masked text for every text. */
type Masked<Value> = Value extends string
  ? MaskedText
  : Value extends object
    ? { readonly [Key in keyof Value]: Masked<Value[Key]> }
    : Value;

function maskAll<Value>(value: Value, redact: (text: string) => MaskedText): Masked<Value>;
function maskAll(value: unknown, redact: (text: string) => MaskedText): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((one) => maskAll(one, redact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, maskAll(one, redact)]));
}

/** The course of things: of interest to who follows the run. */
const calm: ReadonlySet<RunEvent['type']> = new Set<RunEvent['type']>([
  'RunStarted',
  'RunResumed',
  'BlockStarted',
  'BlockPassed',
  'TurnEnded',
  'BlockSkipped',
  'BlockAlreadyDone',
  'BlockMarkedDone',
  'ManualStepDone',
]);

/** The message of an event; `more` is added to the tool's own words. */
export function messageOf(
  wanted: WantedNotification,
  { event, at }: RecordedEvent,
  state: RunState,
  more = '',
): Message<string> {
  const address = 'address' in event ? event.address : undefined;
  const index = address === undefined ? undefined : state.indexOf.get(address);
  const item = index === undefined ? undefined : state.plan.items[index];
  const approval = item && requestedApproval(state, item);
  const ways = approval === undefined ? '' : `; risk: ${approval.risk}; answer with \`${approval.approve}\``;
  const head = {
    ...headOf(wanted, at, state, address),
    ...(address !== undefined && { address }),
    ...(item !== undefined && { step: visibleText(item.stepTitle) }),
    ...(event.type === 'RunEnded' && { outcome: event.outcome }),
    ...(approval !== undefined && { approval }),
  };
  const text = `${state.plan.title}: ${describeEvent(event).text}${more}${ways}`;
  return {
    ...withLine(wanted, text, state, head),
    isUrgent: !calm.has(event.type),
    alert: alertAction(event),
  };
}

/** The message that asks for an approval which an item waits with; undefined where it waits for none. */
export function requestMessage(state: RunState, item: PlanItem): Message<string> | undefined {
  const approval = requestedApproval(state, item);
  const known = state.items[state.indexOf.get(item.address) ?? -1];
  if (approval === undefined || known?.approval === undefined) return undefined;
  const { address, stepTitle } = item;
  const head = headOf(
    { to: approval.gate, about: 'approval requested' },
    known.approval.requestedAt,
    state,
    address,
  );
  const text = `${state.plan.title}: ${quoted(address)} ${approvalWords(known)}; risk: ${approval.risk}`;
  const notification = { ...head, text, address, step: visibleText(stepTitle), approval };
  return { notification, line: [{ text }], isUrgent: true, alert: 'trigger' };
}

/** The message that a block is, in the words of the author. */
export function messageOfBlock(
  to: string,
  item: BlockItem,
  line: readonly LinePiece<string>[],
  at: string,
  state: RunState,
): Message<string> {
  const { address, stepTitle } = item;
  const head = headOf({ to, about: `message of ${address}` }, at, state, address);
  const text = line.map((piece) => piece.text).join('');
  const notification = { ...head, text, address, step: visibleText(stepTitle) };
  return { notification, line, isUrgent: true, alert: 'trigger' };
}

/** The message that a run, or what a link runs, has not ended after a while, such as `5m`. */
export function lateMessage(
  wanted: WantedNotification,
  after: string,
  at: string,
  state: RunState,
): Message<string> {
  const what = wanted.within === undefined ? 'the run' : quoted(wanted.within);
  const text = `${state.plan.title}: ${what} has not ended after ${after} after its start`;
  return {
    ...withLine(wanted, text, state, headOf(wanted, at, state, undefined)),
    isUrgent: true,
    alert: 'trigger',
  };
}

function withLine(
  { text, within }: WantedNotification,
  ownWords: string,
  state: RunState,
  head: Omit<Notification<string>, 'text'>,
): Pick<Message<string>, 'notification' | 'line'> {
  const line = text === undefined ? [{ text: ownWords }] : ruleLine(text, state, within);
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
  const page = pageOf(state);
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
    ...(page !== undefined && { page }),
  };
}

/** Nobody who is told reaches a server that is not said to have an address for others. */
function pageOf({ options: { servedBy }, run }: RunState): string | undefined {
  if (servedBy === undefined || run === undefined || !URL.canParse(servedBy)) return undefined;
  const { protocol, hostname, origin } = new URL(servedBy);
  if (!/^https?:$/.test(protocol) || /^(?:localhost|127\..*|\[::1\])$/.test(hostname)) return undefined;
  return `${origin}/runs/${run}`;
}
