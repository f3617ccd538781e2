// Owns whether one more run may be there: by the limit of its key, and by an id that is free.
import type { RunId } from '../../../basics/address.ts';
import type { Enqueued } from '../rule-decision.ts';
import type { RunLimit } from '../run-request.ts';
import { all, type Sql, type SqlRow } from './sql.ts';

/** Makes the id of a run that begins at a time; it may be taken already. */
export type MakeRunId = (at: number) => RunId;

/** Ids that are tried until one is free. There are 700,000 for each second. */
const idAttempts = 100;

/** What becomes of one more run of its key, where there is no room and it is not to wait for any. */
export function* underLimit(
  limit: RunLimit | undefined,
): Sql<{ readonly enqueued: Enqueued; readonly row?: SqlRow } | undefined> {
  if (limit === undefined || limit.whenFull === 'queue') return undefined;
  const statuses = ['asking', 'queued', 'running', ...(limit.countsResting ? ['resting'] : [])];
  const rows = yield* all(
    `SELECT number, id FROM run WHERE concurrency_key = ? AND status IN (${statuses.map(() => '?').join(', ')})
     ORDER BY number DESC LIMIT ?`,
    ...[limit.key, ...statuses, limit.limit],
  );
  const [row] = rows;
  if (row === undefined || rows.length < limit.limit) return undefined;
  if (limit.whenFull === 'coalesce')
    return { enqueued: { type: 'joined', run: row.id as RunId, why: 'concurrency' }, row };
  return { enqueued: { type: 'refused', reason: `run ${row.id} is there already, and no more may be` } };
}

/** An id that no run has. */
export function* freeId(makeId: MakeRunId, at: number): Sql<RunId> {
  for (let attempt = 0; attempt < idAttempts; attempt++) {
    const id = makeId(at);
    if ((yield* all('SELECT 1 AS taken FROM run WHERE id = ?', id)).length === 0) return id;
  }
  throw new Error(`no free id for a run was found in ${idAttempts} attempts`);
}
