// Owns taking in events, and what they make of the runs that are there; each delivery within one transaction.
import type { ReceivedEvent } from '../../../run/triggers/received-event.ts';
import type { DecisionRound } from '../kept-event.ts';
import type { EventId } from '../queued-run.ts';
import type { Decided, RuleDecision } from '../rule-decision.ts';
import { type AcceptedEvent, type Delivery, queueLimits } from '../run-queue.ts';
import { joinEvent } from './add-run.ts';
import { addMessage, endUnbegun } from './cancel-run.ts';
import { enqueueRun, type Occasion, type OfEvent } from './enqueue-run.ts';
import { all, change, type Sql } from './sql.ts';
import type { MakeRunId } from './under-limit.ts';

/** Keeps the events of a delivery, and what comes of them. */
export function* takeDelivery(makeId: MakeRunId, delivery: Delivery): Sql<readonly AcceptedEvent[]> {
  const { events, raw, at } = delivery;
  let bytes: number | undefined;
  const accepted: AcceptedEvent[] = [];
  for (const { event, decisions } of events) {
    const before = yield* toldBefore(event, event.state, at);
    if (before !== undefined) {
      accepted.push(before);
      continue;
    }
    bytes ??= yield* addDelivery(raw);
    const told = JSON.stringify({ type: 'event', ...event });
    const id = yield* addEvent(bytes, { ...event, told, at });
    if (event.state === 'resolved') yield* resolveSubject(id, event, at);
    const round = yield* decideRound(makeId, { id, event }, decisions, { at, again: false });
    yield* keepRounds(id, [round]);
    accepted.push({ event: id, times: 1, decided: round.decided });
  }
  return accepted;
}

/** Keeps what could not be read, by a key of the caller's making. */
export function* takeUnreadable(unreadable: {
  endpoint: string;
  source: string;
  reason: string;
  raw: Uint8Array;
  key: string;
  at: number;
}): Sql<EventId> {
  const { endpoint, source, reason, raw, key, at } = unreadable;
  const before = yield* toldBefore({ endpoint, source, key }, 'unreadable', at);
  if (before !== undefined) return before.event;
  const told = JSON.stringify({ type: 'unreadable', endpoint, source, reason });
  const event = { endpoint, source, key, subject: '', state: 'unreadable', told, at };
  return yield* addEvent(yield* addDelivery(raw), event);
}

/** Goes through a kept event anew. */
export function* replayEvent(
  makeId: MakeRunId,
  id: EventId,
  anew: {
    readonly decisions: readonly RuleDecision[];
    readonly by: string;
    readonly again: boolean;
    readonly at: number;
  },
): Sql<readonly Decided[] | 'no-such-event'> {
  const [row] = yield* all(`SELECT told, rounds FROM event WHERE id = ? AND state <> 'unreadable'`, id);
  if (row === undefined) return 'no-such-event';
  const event = JSON.parse(String(row.told)) as ReceivedEvent;
  const { decisions, by, again, at } = anew;
  const round = yield* decideRound(makeId, { id, event }, decisions, { at, again });
  yield* keepRounds(id, [...JSON.parse(String(row.rounds)), { ...round, by }].slice(-mostRounds));
  return round.decided;
}

/** Occasions that are kept of an event, the newest. */
const mostRounds = 20;

function* toldBefore(
  event: Pick<ReceivedEvent, 'endpoint' | 'source' | 'key'>,
  state: string,
  at: number,
): Sql<AcceptedEvent | undefined> {
  const [row] = yield* all(
    'SELECT id, times, rounds FROM event WHERE endpoint = ? AND source = ? AND key = ? AND state = ?',
    ...[event.endpoint, event.source, event.key, state],
  );
  if (row === undefined) return undefined;
  const id = Number(row.id);
  yield* change(
    `UPDATE event SET times = times + 1, last_told_at = CASE WHEN last_told_at > ? THEN last_told_at ELSE ? END
     WHERE id = ?`,
    ...[at, at, id],
  );
  const [first] = JSON.parse(String(row.rounds)) as readonly DecisionRound[];
  return { event: id, times: Number(row.times) + 1, decided: first?.decided ?? [] };
}

function* addDelivery(raw: Uint8Array): Sql<number> {
  const kept = raw.subarray(0, queueLimits.raw);
  const [row] = yield* all('INSERT INTO delivery (raw, bytes) VALUES (?, ?) RETURNING id', kept, raw.length);
  return Number(row?.id);
}

interface NewEvent extends Pick<ReceivedEvent, 'endpoint' | 'source' | 'key' | 'subject'> {
  readonly state: string;
  readonly told: string;
  readonly at: number;
}

function* addEvent(delivery: number, event: NewEvent): Sql<EventId> {
  const { endpoint, source, key, subject, state, told, at } = event;
  const [row] = yield* all(
    `INSERT INTO event (delivery, endpoint, source, key, subject, state, told, rounds, led, times, received_at,
       last_told_at) VALUES (?, ?, ?, ?, ?, ?, ?, '[]', 0, 1, ?, ?)
     RETURNING id`,
    ...[delivery, endpoint, source, key, subject, state, told, at, at],
  );
  return Number(row?.id);
}

function* keepRounds(id: EventId, rounds: readonly DecisionRound[]): Sql<void> {
  const led = rounds.some(({ decided }) => decided.some((one) => 'run' in one));
  yield* change('UPDATE event SET rounds = ?, led = ? WHERE id = ?', JSON.stringify(rounds), Number(led), id);
}

function* decideRound(
  makeId: MakeRunId,
  of: OfEvent,
  decisions: readonly RuleDecision[],
  occasion: Occasion,
): Sql<DecisionRound> {
  let unmatched = 0;
  const decided: Decided[] = [];
  for (const decision of decisions) {
    if (decision.type === 'no-match' && ++unmatched > queueLimits.unmatched) continue;
    if ('runbook' in decision) {
      decided.push(decision);
      continue;
    }
    const { rule, request } = decision;
    const enqueued = yield* enqueueRun(makeId, of, decision, occasion);
    decided.push({ rule, runbook: request.runbook, ...enqueued });
  }
  return { at: occasion.at, decided, leftOut: decisions.length - decided.length };
}

/** What started runs is over: their spans end, and each does what its rule says. */
function* resolveSubject(event: EventId, told: ReceivedEvent, at: number): Sql<void> {
  const rows = yield* all(
    `SELECT number, id, status, started_at, when_resolved FROM run WHERE endpoint = ? AND source = ? AND subject = ?
     AND (firing = 1 OR status NOT IN ('ended', 'cancelled')) ORDER BY number`,
    ...[told.endpoint, told.source, told.subject],
  );
  const reason = 'what started it is over';
  for (const row of rows) {
    const number = Number(row.number);
    if (yield* firesAnew(number, told)) continue;
    yield* change('UPDATE run SET firing = 0 WHERE number = ? AND firing = 1', number);
    if (row.status === 'ended' || row.status === 'cancelled') continue;
    yield* joinEvent(number, event);
    if (row.when_resolved === 'ignore') continue;
    if (row.when_resolved === 'note') yield* addMessage(number, 'note', reason, at);
    else if (row.started_at !== null) yield* addMessage(number, 'stop-if-waiting', reason, at);
    else yield* endUnbegun(number, reason, at);
  }
}

/** Whether a run is for a beginning that came, by its sender's own time, after this end, which is told late. */
function* firesAnew(run: number, end: ReceivedEvent): Sql<boolean> {
  const [row] = yield* all(
    `SELECT told FROM run_event JOIN event ON event.id = run_event.event WHERE run_event.run = ?
     AND endpoint = ? AND source = ? AND subject = ? AND state = 'firing' ORDER BY event.id DESC LIMIT 1`,
    ...[run, end.endpoint, end.source, end.subject],
  );
  if (row === undefined) return false;
  const { cycle, at } = JSON.parse(String(row.told)) as ReceivedEvent;
  if (cycle !== undefined && cycle === end.cycle) return false;
  return at !== undefined && end.at !== undefined && at > end.at;
}
