// Owns looking at the runs that are kept.
import type { RunId } from '../../../basics/address.ts';
import type { QueuedRun } from '../queued-run.ts';
import type { Page, Part, RunFilter } from '../run-queue.ts';
import { bounded, pageOf, whereOf } from './page-of.ts';
import { runOfRow } from './run-of-row.ts';
import type { SqlFile } from './sql-file.ts';

export function listRuns(file: SqlFile, filter: RunFilter, part: Part): Page<QueuedRun> {
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
  const rows = file.all(`SELECT * FROM run ${where} ORDER BY number DESC LIMIT ?`, ...values, limit + 1);
  return pageOf(rows, limit, 'number', runOfRow);
}

export function findQueuedRun(file: SqlFile, id: RunId): QueuedRun | undefined {
  const [row] = file.all('SELECT * FROM run WHERE id = ?', id);
  return row && runOfRow(row);
}
