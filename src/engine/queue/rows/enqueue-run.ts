// Owns what comes of what rules say of an event: runs, or the runs that do for them.
import type { RunId } from '../../../basics/address.ts';
import type { ReceivedEvent } from '../../../run/triggers/received-event.ts';
import type { EventId, RunOrigin } from '../queued-run.ts';
import type { Enqueued, RuleDecision } from '../rule-decision.ts';
import { queueLimits } from '../run-queue.ts';
import type { RunbookReference, RunRequest } from '../run-request.ts';
import { addRun, joinEvent } from './add-run.ts';
import { keepOn } from './cancel-run.ts';
import { all, type Sql, type SqlRow } from './sql.ts';
import { freeId, type MakeRunId, underLimit } from './under-limit.ts';

export interface OfEvent {
  readonly id: EventId;
  readonly event: ReceivedEvent;
}

export interface Occasion {
  readonly at: number;
  /** Also where there is a run by the same key. */
  readonly again: boolean;
}

type Wanted = Exclude<RuleDecision, { readonly runbook: RunbookReference }>;

/** Makes the run that a rule wants, or says why there is none of its own. */
export function* enqueueRun(
  makeId: MakeRunId,
  { id: event, event: told }: OfEvent,
  decision: Wanted,
  { at, again }: Occasion,
): Sql<Enqueued | { readonly type: 'dropped'; readonly reason: string }> {
  const { request, rule: name } = decision;
  const end = told.state === 'firing' ? yield* endOf(told) : undefined;
  if (end !== undefined)
    return {
      type: 'dropped',
      reason:
        end < event
          ? 'its end was reported before its beginning'
          : 'its end was reported after its beginning',
    };
  const rule = ruleOf(request.runbook, name);
  const same = again ? undefined : yield* runOfSpan(rule, request, at);
  if (same !== undefined) return yield* joined(same, { id: event, event: told }, 'dedup');
  const limited = yield* underLimit(request.concurrency);
  if (limited?.row !== undefined)
    return yield* joined(limited.row, { id: event, event: told }, 'concurrency');
  if (limited !== undefined) return limited.enqueued;
  const [{ waiting } = { waiting: 0 }] = yield* all(
    `SELECT count(*) AS waiting FROM run WHERE rule = ? AND started_at IS NULL AND ended_at IS NULL`,
    rule,
  );
  if (Number(waiting) >= queueLimits.waiting)
    return { type: 'refused', reason: `${queueLimits.waiting} runs of this rule wait already` };
  const { source, endpoint, subject, title } = told;
  const { onBehalf: person } = request;
  const origin: RunOrigin = {
    ...{ type: 'event', event, source, endpoint, subject, title, rule: name },
    ...(person !== undefined && { person }),
  };
  const id = yield* freeId(makeId, at);
  const reason = decision.type === 'start' ? {} : { reason: decision.reason };
  const dueAt = decision.type === 'held' ? decision.until : at;
  const number = yield* addRun({
    ...{ id, origin, request, rule, at, fires: told.state === 'firing' },
    ...(decision.type === 'ask' ? { status: 'asking' } : { status: 'queued', dueAt }),
    ...reason,
  });
  yield* joinEvent(number, event);
  if (decision.type === 'start') return { type: 'queued', run: id };
  if (decision.type === 'ask') return { type: 'asking', run: id, reason: decision.reason };
  return { type: 'held', run: id, until: decision.until, reason: decision.reason };
}

/** A rule, told apart from those of other runbooks. */
function ruleOf({ repository = '', path }: RunbookReference, rule: string): string {
  return JSON.stringify([repository, path, rule]);
}

/**
 * The event that told this one as over; undefined where none did. Senders give the end of something another key than its
 * beginning: it is of the same subject, and of the same cycle, or later by the sender's own time.
 */
function* endOf({ endpoint, source, key, subject, cycle, at }: ReceivedEvent): Sql<EventId | undefined> {
  const rows = yield* all(
    `SELECT id, key, told FROM event WHERE endpoint = ? AND source = ? AND subject = ? AND state = 'resolved'
     ORDER BY id DESC LIMIT ?`,
    ...[endpoint, source, subject, mostEnds],
  );
  for (const row of rows) {
    const end = JSON.parse(String(row.told)) as ReceivedEvent;
    const isItsEnd =
      cycle !== undefined && end.cycle !== undefined
        ? end.cycle === cycle
        : row.key === key || (at !== undefined && end.at !== undefined && end.at > at);
    if (isItsEnd) return Number(row.id);
  }
  return undefined;
}

/** Ends of one subject that are looked through, the newest: one that is told late was not overtaken by more. */
const mostEnds = 100;

function* runOfSpan(rule: string, { dedup }: RunRequest, at: number): Sql<SqlRow | undefined> {
  if (dedup === undefined) return undefined;
  const [row] = yield* all(
    `SELECT number, id FROM run WHERE rule = ? AND dedup_key = ? AND (firing = 1 OR dedup_until > ?)
     ORDER BY number DESC LIMIT 1`,
    ...[rule, dedup.key, at],
  );
  return row;
}

function* joined(row: SqlRow, { id, event }: OfEvent, why: 'dedup' | 'concurrency'): Sql<Enqueued> {
  const number = Number(row.number);
  yield* joinEvent(number, id);
  if (event.state === 'firing') yield* keepOn(number, event);
  return { type: 'joined', run: row.id as RunId, why };
}
