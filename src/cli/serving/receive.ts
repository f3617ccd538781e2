// Owns taking in what senders tell a server: proof, rules, and the queue, before anybody is answered.

import type { RuleDecision } from '../../engine/queue/rule-decision.ts';
import {
  type Delivery as QueueDelivery,
  QueueUnavailable,
  queueLimits,
  type RunQueue,
} from '../../engine/queue/run-queue.ts';
import { type RuleJudge, RulesBusy } from '../../engine/triggers/rule-judge.ts';
import type { ReceivedEvent } from '../../run/triggers/received-event.ts';
import type { TriggerOutcome } from '../../run/triggers/trigger-outcome.ts';
import type { TriggerRule } from '../../run/triggers/trigger-rule.ts';
import type { Delivery, Endpoint, FetchText, PostedAnswer, Reply } from '../../surfaces/sources/source.ts';
import { type SourceType, sourceOf } from '../../surfaces/sources/source-of.ts';
import type { Tally } from './drives/tally.ts';
import type { ServeSettings } from './serve-settings.ts';
import type { Library, Shelved } from './shelf/library.ts';
import { originOf, requestOf, whyNotServed } from './shelf/request-of.ts';

/** An endpoint with its secrets at hand. */
export interface OpenEndpoint extends Endpoint {
  readonly type: SourceType;
}

/** What each rule makes of an event, in the order of the rules; bounded in time. */
export type DecideRules = RuleJudge['decide'];

/** What taking in needs. */
export interface ReceiverParts {
  readonly queue: RunQueue;
  readonly library: Library;
  readonly endpoints: readonly OpenEndpoint[];
  readonly decide: DecideRules;
  readonly fetchText: FetchText;
  /** Whose runs the workers of this server take. */
  readonly queues: readonly string[];
  /** Whom the server knows, by the name that rules and gates use. */
  readonly people: ServeSettings['people'];
  /** Takes what people have answered with buttons of a chat, in the time that the chat waits. */
  readonly clicks: (answers: readonly PostedAnswer[]) => Promise<Reply>;
  /** Counts what came of events. */
  readonly tally?: Tally;
  /** Something was put into the queue. */
  readonly wake: () => void;
}

/** Takes in one delivery at the endpoint of that name. Only a wrong proof is the sender's fault; what could not be kept or tried is told again. */
export async function receive(parts: ReceiverParts, name: string, delivery: Delivery): Promise<Reply> {
  try {
    return await takeIn(parts, name, delivery);
  } catch (error) {
    if (!(error instanceof RulesBusy) && !(error instanceof QueueUnavailable)) throw error;
    return plain(503, `not now: ${error.message}`);
  }
}

async function takeIn(parts: ReceiverParts, name: string, delivery: Delivery): Promise<Reply> {
  const endpoint = parts.endpoints.find((one) => one.name === name);
  if (endpoint === undefined) return plain(404, 'there is no such endpoint');
  const source = await sourceOf(endpoint.type);
  const reading = await source.read(delivery, endpoint, parts.fetchText);
  const raw = withoutSecrets(delivery.body, endpoint.secrets).subarray(0, queueLimits.raw);
  const at = delivery.receivedAt;
  switch (reading.type) {
    case 'refused':
      return plain(401, 'refused');
    case 'unavailable':
      return plain(503, reading.reason);
    case 'reply':
      return reading.reply;
    case 'answers':
      return parts.clicks(reading.answers);
    case 'unreadable': {
      const { reason } = reading;
      await parts.queue.keepUnreadable({ endpoint: name, source: endpoint.type, reason, raw, at });
      parts.tally?.unreadable();
      return reading.reply ?? plain(202, 'kept, and not understood');
    }
    case 'events': {
      const accepted = await acceptEvents(parts, reading.events, raw, at);
      return reading.reply ?? accepted;
    }
  }
}

async function acceptEvents(
  parts: ReceiverParts,
  told: readonly ReceivedEvent[],
  raw: Uint8Array,
  at: number,
): Promise<Reply> {
  const shelf = parts.library.all();
  const events: QueueDelivery['events'][number][] = [];
  for (const event of told) events.push({ event, decisions: await decisionsOf(parts, shelf, event, at) });
  const accepted = await parts.queue.accept({ events, raw, at });
  for (const event of accepted) parts.tally?.accepted(event);
  parts.wake();
  const runs = accepted.flatMap(({ decided }) => decided.flatMap((one) => ('run' in one ? [one.run] : [])));
  return {
    status: 202,
    headers: { 'content-type': 'application/json' },
    body: `${JSON.stringify({ events: accepted.map(({ event, times }) => ({ event, times })), runs })}\n`,
  };
}

/** What all rules of the library say of one event. */
export async function decisionsOf(
  { library, decide, people, queues }: Pick<ReceiverParts, 'library' | 'decide' | 'people' | 'queues'>,
  shelf: readonly Shelved[],
  event: ReceivedEvent,
  now: number,
): Promise<readonly RuleDecision[]> {
  const rules = shelf.flatMap((shelved) => shelved.rules.map((rule) => ({ shelved, rule })));
  const asked = rules.map(({ rule }) => rule);
  const names = namesOf(event, people);
  const outcomes = await decide(event, asked, { now, ...(names.length > 0 && { personNames: names }) });
  const onBehalf = names.at(-1);
  return rules.flatMap(({ shelved, rule }, index): RuleDecision[] => {
    const outcome = outcomes[index]?.outcome;
    return outcome === undefined ? [] : [decisionOf({ library, queues, onBehalf }, shelved, rule, outcome)];
  });
}

/** What a rule of a runbook has decided, as the queue takes it. */
export function decisionOf(
  {
    library,
    queues,
    onBehalf,
  }: Pick<ReceiverParts, 'library' | 'queues'> & { readonly onBehalf?: string | undefined },
  shelved: Shelved,
  { index }: TriggerRule,
  outcome: TriggerOutcome,
): RuleDecision {
  const rule = `on[${index}]`;
  const runbook = { ...originOf(library), path: shelved.path };
  if (outcome.type === 'no-match' || outcome.type === 'dropped' || outcome.type === 'rejected')
    return { rule, type: outcome.type, runbook, reason: outcome.reason };
  if (shelved.errors > 0)
    return {
      rule,
      type: 'rejected',
      runbook,
      reason: `the runbook has errors, and is not run while it has: ${shelved.firstError ?? ''}`,
    };
  const unserved = whyNotServed(shelved, queues);
  if (unserved !== undefined) return { rule, type: 'rejected', runbook, reason: unserved };
  const { inputs, may, whenResolved, dedup } = outcome;
  const span = 'forMs' in dedup ? { forMs: dedup.forMs } : ('while-firing' as const);
  const request = requestOf(library, shelved, {
    inputs: { ...inputs },
    ...(onBehalf !== undefined && { onBehalf }),
    may,
    whenResolved,
    dedup: { key: dedup.key, span },
  });
  if (outcome.type === 'held')
    return { rule, type: 'held', until: outcome.until, reason: outcome.reason, request };
  return outcome.type === 'ask'
    ? { rule, type: 'ask', reason: outcome.reason, request }
    : { rule, type: 'start', request };
}

/** All names of the person who has asked for it in a chat, the one that gates use last where there is one. */
function namesOf({ source, person }: ReceivedEvent, people: ServeSettings['people']): readonly string[] {
  if (source !== 'slack' || person === undefined) return [];
  const known = Object.entries(people).flatMap(([name, { slack }]) => (slack === person ? [name] : []));
  return [person, ...known];
}

/** The body, as it is kept: a sender may have put into it what proves that it is the sender's. */
function withoutSecrets(body: Uint8Array, secrets: readonly string[]): Uint8Array {
  const text = Buffer.from(body).toString('latin1');
  const inBytes = secrets.map((secret) => Buffer.from(secret).toString('latin1')).filter((one) => one !== '');
  if (!inBytes.some((one) => text.includes(one))) return body;
  return Buffer.from(
    inBytes.reduce((kept, one) => kept.replaceAll(one, '***'), text),
    'latin1',
  );
}

const plain = (status: number, body: string): Reply => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: `${body}\n`,
});
