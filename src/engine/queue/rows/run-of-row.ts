// Owns what a run is made of from its row.
import { runId } from '../../../basics/address.ts';
import type { QueuedRun } from '../queued-run.ts';
import type { RunLimit } from '../run-request.ts';
import type { SqlRow } from './sql.ts';

/** A number of a column that may be empty. */
export function optionalNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** The run of a row. */
export function runOfRow(row: SqlRow): QueuedRun {
  const limit = limitOf(row);
  const text = (name: string): string | undefined => {
    const value = row[name];
    return typeof value === 'string' ? value : undefined;
  };
  const optional = {
    reason: text('reason'),
    dueAt: optionalNumber(row.due_at),
    startedAt: optionalNumber(row.started_at),
    endedAt: optionalNumber(row.ended_at),
    worker: text('worker'),
    machineMs: optionalNumber(row.machine_ms),
    exit: optionalNumber(row.exit),
    outcome: text('outcome'),
  };
  return {
    id: runId(String(row.id)),
    origin: JSON.parse(String(row.origin)),
    runbook: JSON.parse(String(row.runbook)),
    inputs: JSON.parse(String(row.inputs)),
    may: row.may as QueuedRun['may'],
    whenResolved: row.when_resolved as QueuedRun['whenResolved'],
    runOn: String(row.run_on),
    ...(limit && { concurrency: limit }),
    status: row.status as QueuedRun['status'],
    queuedAt: Number(row.queued_at),
    epoch: Number(row.epoch),
    deaths: Number(row.deaths),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
}

function limitOf(row: SqlRow): RunLimit | undefined {
  if (typeof row.concurrency_key !== 'string') return undefined;
  return {
    key: row.concurrency_key,
    limit: Number(row.concurrency_limit),
    whenFull: row.when_full as RunLimit['whenFull'],
    countsResting: row.counts_resting === 1,
  };
}
