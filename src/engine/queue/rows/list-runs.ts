// Owns looking at the runs that are kept.
import { type RunId, runId } from '../../../basics/address.ts';
import type { QueuedRun } from '../queued-run.ts';
import type { Page, Part, QueueLists, RunFilter } from '../run-queue.ts';
import { bounded, pageOf, whereOf } from './page-of.ts';
import { runOfRow } from './run-of-row.ts';
import { all, type Sql } from './sql.ts';

export function* listRuns(filter: RunFilter, part: Part): Sql<Page<QueuedRun>> {
  const { status, runbook, event } = filter;
  const limit = bounded(part.limit);
  const [where, ...values] = whereOf([
    ...(part.from === undefined ? [] : [['number <= ?', part.from] as const]),
    ...(status === undefined
      ? []
      : [[`status IN (${status.map(() => '?').join(', ')})`, ...status] as const]),
    ...(runbook === undefined ? [] : [['path = ?', runbook] as const]),
    ...(event === undefined
      ? []
      : [['number IN (SELECT run FROM run_event WHERE event = ?)', event] as const]),
  ]);
  const rows = yield* all(`SELECT * FROM run ${where} ORDER BY number DESC LIMIT ?`, ...values, limit + 1);
  return pageOf(rows, limit, 'number', runOfRow);
}

export function* findQueuedRun(id: RunId): Sql<QueuedRun | undefined> {
  const [row] = yield* all('SELECT * FROM run WHERE id = ?', id);
  return row && runOfRow(row);
}

/** Nobody has seen the end of a process whose worker has died, or that goes on. */
export function* listMachineTimes(
  run: RunId | undefined,
): Sql<Awaited<ReturnType<QueueLists['machineTimes']>>> {
  const rows = yield* all(
    `SELECT id, coalesce(machine_ms, 0) AS ms, unseen = 0 AND status <> 'running' AS whole FROM run
     WHERE (machine_ms IS NOT NULL OR unseen = 1) AND (CAST(? AS TEXT) IS NULL OR id = ?)`,
    ...[run ?? null, run ?? null],
  );
  return new Map(
    rows.map((row) => [runId(String(row.id)), { ms: Number(row.ms), isWhole: Number(row.whole) === 1 }]),
  );
}
