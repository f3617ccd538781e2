// Owns what others than its worker say of a run: to begin, to go on, to end.
import type { RunId } from '../../../basics/address.ts';
import type { QueueStatus } from '../queued-run.ts';
import type { RunMessage } from '../run-queue.ts';
import type { SqlFile } from './sql-file.ts';

/** It keeps its status until a worker takes it, so that it keeps its place under its limit. */
export function wakeRun(file: SqlFile, run: RunId, at: number): boolean {
  return (
    file.run(
      `UPDATE run SET due_at = min(coalesce(due_at, ?), ?), deaths = 0 WHERE id = ? AND status = 'resting'`,
      ...[at, at, run],
    ).changes > 0
  );
}

export function permitRun(file: SqlFile, run: RunId, by: string, at: number): boolean {
  return (
    file.run(
      `UPDATE run SET status = 'queued', due_at = ?, reason = ? WHERE id = ? AND status = 'asking'`,
      ...[at, `${by} lets it begin`, run],
    ).changes > 0
  );
}

export function cancelRun(
  file: SqlFile,
  run: RunId,
  { reason, at }: { readonly reason: string; readonly at: number },
): 'cancelled' | 'asked' | 'over' | 'unknown' {
  const [row] = file.all('SELECT number, status, started_at FROM run WHERE id = ?', run);
  if (row === undefined) return 'unknown';
  if (row.status === 'ended' || row.status === 'cancelled') return 'over';
  if (row.started_at === null) {
    endUnbegun(file, Number(row.number), reason, at);
    return 'cancelled';
  }
  addMessage(file, Number(row.number), 'stop', reason, at);
  return 'asked';
}

export function listMessages(file: SqlFile, limit: number): readonly RunMessage[] {
  return file
    .all(
      `SELECT message.id AS id, run.id AS run, run.status AS status, type, message.reason AS reason, message.at AS at
       FROM message JOIN run ON run.number = message.run ORDER BY message.id LIMIT ?`,
      limit,
    )
    .map((row) => ({
      id: Number(row.id),
      run: row.run as RunId,
      status: row.status as QueueStatus,
      type: row.type as RunMessage['type'],
      reason: String(row.reason),
      at: Number(row.at),
    }));
}

/** Ends a run that no worker has taken yet. */
export function endUnbegun(file: SqlFile, run: number, reason: string, at: number): void {
  file.run(
    `UPDATE run SET status = 'cancelled', reason = ?, ended_at = ?, due_at = NULL WHERE number = ?`,
    ...[reason, at, run],
  );
}

/** Leaves a message for a run, once of each type. */
export function addMessage(
  file: SqlFile,
  run: number,
  type: RunMessage['type'],
  reason: string,
  at: number,
): void {
  file.run(
    `INSERT INTO message (run, type, reason, at) SELECT ?, ?, ?, ?
     WHERE NOT EXISTS (SELECT 1 FROM message WHERE run = ? AND type = ?)`,
    ...[run, type, reason, at, run, type],
  );
}

/** Nothing is to be told any more to a run that is over. */
export function dropMessages(file: SqlFile, run: number): void {
  file.run('DELETE FROM message WHERE run = ?', run);
}
