// Owns who works on which run: workers that are alive, and giving one its next run.
import type { RunId } from '../../../basics/address.ts';
import { type ClaimedRun, queueLimits, type WorkerBeat, type WorkerTime } from '../run-queue.ts';
import { runOfRow } from './run-of-row.ts';
import { all, change, type Sql, type SqlRow } from './sql.ts';

/** Says that a worker is alive. */
export function* beatWorker(worker: string, at: number): Sql<void> {
  yield* change(
    `INSERT INTO worker (name, since, beat_at) VALUES (?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET beat_at =
       CASE WHEN worker.beat_at > excluded.beat_at THEN worker.beat_at ELSE excluded.beat_at END`,
    ...[worker, at, at],
  );
}

/** The worker has gone. */
export function* removeWorker(worker: string): Sql<void> {
  yield* change('DELETE FROM worker WHERE name = ?', worker);
}

export function* listWorkers(): Sql<readonly WorkerBeat[]> {
  const rows = yield* all('SELECT name, since, beat_at FROM worker ORDER BY since, name');
  return rows.map((row) => ({
    worker: String(row.name),
    since: Number(row.since),
    beatAt: Number(row.beat_at),
  }));
}

/** A run whose worker is silent for a lease, or is not there. */
const ofDeadWorker = `status = 'running' AND NOT EXISTS
  (SELECT 1 FROM worker WHERE worker.name = run.worker AND worker.beat_at > ?)`;

/** What a limit lets go on now; what is taken up again has its place among those that rest. */
export const withinLimit = `(concurrency_key IS NULL OR concurrency_limit > (SELECT count(*) FROM run other
  WHERE other.concurrency_key = run.concurrency_key AND other.number <> run.number
  AND (other.status = 'running' OR (run.counts_resting = 1 AND other.status = 'resting'))))`;

/** What a rate lets begin now; a run begins once. */
export const withinRate = `(rate_count IS NULL OR started_at IS NOT NULL OR rate_count > (SELECT count(*) FROM run other
  WHERE other.rule = run.rule AND other.started_at > ? - run.rate_per))`;

export interface ClaimWish {
  readonly worker: string;
  readonly queues: readonly string[];
  readonly at: number;
  /** How long a worker may be silent. */
  readonly leaseMs: number;
  /** No other run than this one. */
  readonly only?: RunId;
}

/** Gives a worker its next run. */
export function* claimRun({ worker, queues, at, leaseMs, only }: ClaimWish): Sql<ClaimedRun | undefined> {
  yield* beatWorker(worker, at);
  const ours = `run_on IN (${queues.map(() => '?').join(', ')})${only === undefined ? '' : ' AND id = ?'}`;
  const ofOurs = [...queues, ...(only === undefined ? [] : [only])];
  for (;;) {
    const [lost] = yield* all(
      `SELECT * FROM run WHERE ${ofDeadWorker} AND ${ours} ORDER BY number LIMIT 1`,
      ...[at - leaseMs, ...ofOurs],
    );
    if (lost === undefined) break;
    const deaths = Number(lost.deaths) + 1;
    if (deaths < queueLimits.deaths) return yield* take(lost, worker, at, deaths);
    const reason = `${deaths} workers have died with it`;
    yield* change(
      `UPDATE run SET status = 'resting', reason = ?, due_at = NULL, deaths = ?, unseen = 1, epoch = epoch + 1
       WHERE number = ?`,
      ...[reason, deaths, Number(lost.number)],
    );
  }
  const [next] = yield* all(
    `SELECT * FROM run WHERE due_at IS NOT NULL AND due_at <= ? AND ${ours} AND ${withinLimit}
     AND ${withinRate} ORDER BY number LIMIT 1`,
    ...[at, ...ofOurs, at],
  );
  return next && (yield* take(next, worker, at, Number(next.deaths)));
}

function* take(row: SqlRow, worker: string, at: number, deaths: number): Sql<ClaimedRun> {
  const number = Number(row.number);
  yield* change(
    `UPDATE run SET status = 'running', reason = NULL, due_at = NULL, worker = ?, epoch = epoch + 1, deaths = ?,
     unseen = CASE WHEN ? > deaths THEN 1 ELSE unseen END, started_at = coalesce(started_at, ?) WHERE number = ?`,
    ...[worker, deaths, deaths, at, number],
  );
  const [taken = row] = yield* all('SELECT * FROM run WHERE number = ?', number);
  return {
    run: runOfRow(taken),
    how: row.started_at === null ? 'start' : 'needs-resume',
    ...(row.status === 'resting' && { rested: String(row.reason ?? '') }),
  };
}

/** Adds to what workers gave in a month. */
export function* addWorkerTime({ month, placeMs, busyMs, runs }: WorkerTime): Sql<void> {
  yield* change(
    `INSERT INTO worker_time (month, place_ms, busy_ms, runs) VALUES (?, ?, ?, ?)
     ON CONFLICT (month) DO UPDATE SET place_ms = worker_time.place_ms + excluded.place_ms,
     busy_ms = worker_time.busy_ms + excluded.busy_ms, runs = worker_time.runs + excluded.runs`,
    ...[month, Math.round(placeMs), Math.round(busyMs), runs],
  );
}

/** Newest month first. */
export function* listWorkerTimes(): Sql<readonly WorkerTime[]> {
  const rows = yield* all('SELECT month, place_ms, busy_ms, runs FROM worker_time ORDER BY month DESC');
  return rows.map((row) => ({
    month: String(row.month),
    placeMs: Number(row.place_ms),
    busyMs: Number(row.busy_ms),
    runs: Number(row.runs),
  }));
}
