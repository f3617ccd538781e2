// Owns taking in events, and what they make of the runs that are there; each delivery within one transaction.
import type { ReceivedEvent } from '../../../run/triggers/received-event.ts';
import type { DecisionRound } from '../kept-event.ts';
import type { EventId } from '../queued-run.ts';
import type { Decided, RuleDecision } from '../rule-decision.ts';
import { type AcceptedEvent, type Delivery, queueLimits } from '../run-queue.ts';
import { joinEvent } from './add-run.ts';
import { addMessage, endUnbegun } from './cancel-run.ts';
import { enqueueRun, type Occasion, type OfEvent } from './enqueue-run.ts';
import type { SqlFile } from './sql-file.ts';
import type { MakeRunId } from './under-limit.ts';

/** Keeps the events of a delivery, and what comes of them. */
export function takeDelivery(file: SqlFile, makeId: MakeRunId, delivery: Delivery): readonly AcceptedEvent[] {
  const { events, raw, at } = delivery;
  let bytes: number | undefined;
  return events.map(({ event, decisions }) => {
    const before = toldBefore(file, event, event.state, at);
    if (before !== undefined) return before;
    bytes ??= addDelivery(file, raw);
    const told = JSON.stringify({ type: 'event', ...event });
    const id = addEvent(file, bytes, { ...event, told, at });
    if (event.state === 'resolved') resolveSubject(file, id, event, at);
    const round = decideRound(file, makeId, { id, event }, decisions, { at, again: false });
    keepRounds(file, id, [round]);
    return { event: id, times: 1, decided: round.decided };
  });
}

/** Keeps what could not be read, by a key of the caller's making. */
export function takeUnreadable(
  file: SqlFile,
  unreadable: { endpoint: string; source: string; reason: string; raw: Uint8Array; key: string; at: number },
): EventId {
  const { endpoint, source, reason, raw, key, at } = unreadable;
  const before = toldBefore(file, { endpoint, source, key }, 'unreadable', at);
  if (before !== undefined) return before.event;
  const told = JSON.stringify({ type: 'unreadable', endpoint, source, reason });
  const event = { endpoint, source, key, subject: '', state: 'unreadable', told, at };
  return addEvent(file, addDelivery(file, raw), event);
}

/** Goes through a kept event anew. */
export function replayEvent(
  file: SqlFile,
  makeId: MakeRunId,
  id: EventId,
  anew: {
    readonly decisions: readonly RuleDecision[];
    readonly by: string;
    readonly again: boolean;
    readonly at: number;
  },
): readonly Decided[] | 'no-such-event' {
  const [row] = file.all(`SELECT told, rounds FROM event WHERE id = ? AND state <> 'unreadable'`, id);
  if (row === undefined) return 'no-such-event';
  const event = JSON.parse(String(row.told)) as ReceivedEvent;
  const { decisions, by, again, at } = anew;
  const round = decideRound(file, makeId, { id, event }, decisions, { at, again });
  keepRounds(file, id, [...JSON.parse(String(row.rounds)), { ...round, by }].slice(-mostRounds));
  return round.decided;
}

/** Occasions that are kept of an event, the newest. */
const mostRounds = 20;

function toldBefore(
  file: SqlFile,
  event: Pick<ReceivedEvent, 'endpoint' | 'source' | 'key'>,
  state: string,
  at: number,
): AcceptedEvent | undefined {
  const [row] = file.all(
    'SELECT id, times, rounds FROM event WHERE endpoint = ? AND source = ? AND key = ? AND state = ?',
    ...[event.endpoint, event.source, event.key, state],
  );
  if (row === undefined) return undefined;
  const id = Number(row.id);
  file.run('UPDATE event SET times = times + 1, last_told_at = max(last_told_at, ?) WHERE id = ?', at, id);
  const [first] = JSON.parse(String(row.rounds)) as readonly DecisionRound[];
  return { event: id, times: Number(row.times) + 1, decided: first?.decided ?? [] };
}

function addDelivery(file: SqlFile, raw: Uint8Array): number {
  const kept = raw.subarray(0, queueLimits.raw);
  return file.run('INSERT INTO delivery (raw, bytes) VALUES (?, ?)', kept, raw.length).added;
}

interface NewEvent extends Pick<ReceivedEvent, 'endpoint' | 'source' | 'key' | 'subject'> {
  readonly state: string;
  readonly told: string;
  readonly at: number;
}

function addEvent(file: SqlFile, delivery: number, event: NewEvent): EventId {
  const { endpoint, source, key, subject, state, told, at } = event;
  return file.run(
    `INSERT INTO event (delivery, endpoint, source, key, subject, state, told, rounds, led, times, received_at,
       last_told_at) VALUES (?, ?, ?, ?, ?, ?, ?, '[]', 0, 1, ?, ?)`,
    ...[delivery, endpoint, source, key, subject, state, told, at, at],
  ).added;
}

function keepRounds(file: SqlFile, id: EventId, rounds: readonly DecisionRound[]): void {
  const led = rounds.some(({ decided }) => decided.some((one) => 'run' in one));
  file.run('UPDATE event SET rounds = ?, led = ? WHERE id = ?', JSON.stringify(rounds), Number(led), id);
}

function decideRound(
  file: SqlFile,
  makeId: MakeRunId,
  of: OfEvent,
  decisions: readonly RuleDecision[],
  occasion: Occasion,
): DecisionRound {
  let unmatched = 0;
  const decided = decisions.flatMap((decision): readonly Decided[] => {
    if (decision.type === 'no-match' && ++unmatched > queueLimits.unmatched) return [];
    if ('runbook' in decision) return [decision];
    const { rule, request } = decision;
    return [{ rule, runbook: request.runbook, ...enqueueRun(file, makeId, of, decision, occasion) }];
  });
  return { at: occasion.at, decided, leftOut: decisions.length - decided.length };
}

/** What started runs is over: their spans end, and each does what its rule says. */
function resolveSubject(file: SqlFile, event: EventId, told: ReceivedEvent, at: number): void {
  const ofSubject = [told.endpoint, told.source, told.subject];
  const begun = file.all(
    `SELECT number, id, status, started_at, when_resolved FROM run
     WHERE endpoint = ? AND source = ? AND subject = ? AND status NOT IN ('ended', 'cancelled')`,
    ...ofSubject,
  );
  file.run(
    'UPDATE run SET firing = 0 WHERE endpoint = ? AND source = ? AND subject = ? AND firing = 1',
    ...ofSubject,
  );
  const reason = 'what started it is over';
  for (const row of begun) {
    const number = Number(row.number);
    joinEvent(file, number, event);
    if (row.when_resolved === 'ignore') continue;
    if (row.started_at !== null)
      addMessage(file, number, row.when_resolved === 'note' ? 'note' : 'stop-if-waiting', reason, at);
    else if (row.when_resolved === 'stop-if-waiting') endUnbegun(file, number, reason, at);
  }
}
