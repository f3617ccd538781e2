// Owns what comes of what rules say of an event: runs, or the runs that do for them.
import type { RunId } from '../../../basics/address.ts';
import type { ReceivedEvent } from '../../../run/triggers/received-event.ts';
import type { EventId, RunOrigin } from '../queued-run.ts';
import type { Enqueued, RuleDecision } from '../rule-decision.ts';
import { queueLimits } from '../run-queue.ts';
import type { RunbookReference, RunRequest } from '../run-request.ts';
import { addRun, joinEvent } from './add-run.ts';
import type { SqlFile, SqlRow } from './sql-file.ts';
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
export function enqueueRun(
  file: SqlFile,
  makeId: MakeRunId,
  { id: event, event: told }: OfEvent,
  decision: Wanted,
  { at, again }: Occasion,
): Enqueued | { readonly type: 'dropped'; readonly reason: string } {
  const { request, rule: name } = decision;
  const end = told.state === 'firing' ? endOf(file, told) : undefined;
  if (end !== undefined)
    return {
      type: 'dropped',
      reason:
        end < event
          ? 'its end was reported before its beginning'
          : 'its end was reported after its beginning',
    };
  const rule = ruleOf(request.runbook, name);
  const same = again ? undefined : runOfSpan(file, rule, request, at);
  if (same !== undefined) return joined(file, same, event, 'dedup');
  const limited = underLimit(file, request.concurrency);
  if (limited !== undefined) {
    if (limited.row !== undefined) joinEvent(file, Number(limited.row.number), event);
    return limited.enqueued;
  }
  const [{ waiting } = { waiting: 0 }] = file.all(
    `SELECT count(*) AS waiting FROM run WHERE rule = ? AND started_at IS NULL AND ended_at IS NULL`,
    rule,
  );
  if (Number(waiting) >= queueLimits.waiting)
    return { type: 'refused', reason: `${queueLimits.waiting} runs of this rule wait already` };
  const { source, endpoint, subject, title } = told;
  const origin: RunOrigin = { type: 'event', event, source, endpoint, subject, title, rule: name };
  const id = freeId(file, makeId, at);
  const reason = decision.type === 'start' ? {} : { reason: decision.reason };
  const dueAt = decision.type === 'held' ? decision.until : at;
  const number = addRun(file, {
    ...{ id, origin, request, rule, at, fires: told.state === 'firing' },
    ...(decision.type === 'ask' ? { status: 'asking' } : { status: 'queued', dueAt }),
    ...reason,
  });
  joinEvent(file, number, event);
  if (decision.type === 'start') return { type: 'queued', run: id };
  if (decision.type === 'ask') return { type: 'asking', run: id, reason: decision.reason };
  return { type: 'held', run: id, until: decision.until, reason: decision.reason };
}

/** A rule, told apart from those of other runbooks. */
function ruleOf({ repository = '', path }: RunbookReference, rule: string): string {
  return JSON.stringify([repository, path, rule]);
}

/** The event that told this one as over, by the same key; undefined where none did. */
function endOf(file: SqlFile, { endpoint, source, key }: ReceivedEvent): EventId | undefined {
  const [row] = file.all(
    `SELECT id FROM event WHERE endpoint = ? AND source = ? AND key = ? AND state = 'resolved'`,
    ...[endpoint, source, key],
  );
  return row && Number(row.id);
}

function runOfSpan(file: SqlFile, rule: string, { dedup }: RunRequest, at: number): SqlRow | undefined {
  if (dedup === undefined) return undefined;
  return file.all(
    `SELECT number, id FROM run WHERE rule = ? AND dedup_key = ? AND (firing = 1 OR dedup_until > ?)
     ORDER BY number DESC LIMIT 1`,
    ...[rule, dedup.key, at],
  )[0];
}

function joined(file: SqlFile, row: SqlRow, event: EventId, why: 'dedup' | 'concurrency'): Enqueued {
  joinEvent(file, Number(row.number), event);
  return { type: 'joined', run: row.id as RunId, why };
}
