// Owns what others than its worker say of a run: to begin, to go on, to end.
import type { RunId } from '../../../basics/address.ts';
import type { ReceivedEvent } from '../../../run/triggers/received-event.ts';
import type { QueueStatus } from '../queued-run.ts';
import type { RunMessage } from '../run-queue.ts';
import { all, change, type Sql } from './sql.ts';

/** It keeps its status until a worker takes it, so that it keeps its place under its limit. */
export function* wakeRun(run: RunId, at: number): Sql<boolean> {
  const changes = yield* change(
    `UPDATE run SET due_at = CASE WHEN due_at < ? THEN due_at ELSE ? END, deaths = 0
     WHERE id = ? AND status = 'resting'`,
    ...[at, at, run],
  );
  return changes > 0;
}

export function* permitRun(run: RunId, by: string, at: number): Sql<boolean> {
  const [row] = yield* all(`SELECT origin FROM run WHERE id = ? AND status = 'asking'`, run);
  if (row === undefined) return false;
  const origin = JSON.stringify({ ...JSON.parse(String(row.origin)), letBegin: by });
  yield* change(
    `UPDATE run SET status = 'queued', due_at = ?, reason = ?, origin = ? WHERE id = ?`,
    ...[at, `${by} lets it begin`, origin, run],
  );
  return true;
}

export function* cancelRun(
  run: RunId,
  { reason, at }: { readonly reason: string; readonly at: number },
): Sql<'cancelled' | 'asked' | 'over' | 'unknown'> {
  const [row] = yield* all('SELECT number, status, started_at FROM run WHERE id = ?', run);
  if (row === undefined) return 'unknown';
  if (row.status === 'ended' || row.status === 'cancelled') return 'over';
  if (row.started_at === null) {
    yield* endUnbegun(Number(row.number), reason, at);
    return 'cancelled';
  }
  yield* addMessage(Number(row.number), 'stop', reason, at);
  return 'asked';
}

export function* listMessages(limit: number): Sql<readonly RunMessage[]> {
  const rows = yield* all(
    `SELECT message.id AS id, run.id AS run, run.status AS status, type, message.reason AS reason, message.at AS at
       FROM message JOIN run ON run.number = message.run ORDER BY message.id LIMIT ?`,
    limit,
  );
  return rows.map((row) => ({
    id: Number(row.id),
    run: row.run as RunId,
    status: row.status as QueueStatus,
    type: row.type as RunMessage['type'],
    reason: String(row.reason),
    at: Number(row.at),
  }));
}

/** Ends a run that no worker has taken yet. */
export function* endUnbegun(run: number, reason: string, at: number): Sql<void> {
  yield* change(
    `UPDATE run SET status = 'cancelled', reason = ?, ended_at = ?, due_at = NULL WHERE number = ?`,
    ...[reason, at, run],
  );
  yield* dropMessages(run);
}

/** Leaves a message for a run, once of each type. */
export function* addMessage(run: number, type: RunMessage['type'], reason: string, at: number): Sql<void> {
  yield* change(
    `INSERT INTO message (run, type, reason, at) SELECT ?, ?, ?, ?
     WHERE NOT EXISTS (SELECT 1 FROM message WHERE run = ? AND type = ?)`,
    ...[run, type, reason, at, run, type],
  );
}

/** Nothing is to be told any more to a run that is over. */
export function* dropMessages(run: number): Sql<void> {
  yield* change('DELETE FROM message WHERE run = ?', run);
}

/** What it is for has begun anew: a run that was to stop where it waits is wanted again. */
export function* keepOn(run: number, { endpoint, source, subject }: ReceivedEvent): Sql<void> {
  yield* change(
    `DELETE FROM message WHERE run = ? AND type = 'stop-if-waiting' AND EXISTS
       (SELECT 1 FROM run WHERE number = message.run AND endpoint = ? AND source = ? AND subject = ?)`,
    ...[run, endpoint, source, subject],
  );
}

/** A message was told. */
export function* removeMessage(message: number): Sql<void> {
  yield* change('DELETE FROM message WHERE id = ?', message);
}
