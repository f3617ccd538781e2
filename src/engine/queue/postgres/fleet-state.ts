// Owns how a fleet stands: who works, what waits in each queue, and why what waits is not worked on.
import { type RunId, runId } from '../../../basics/address.ts';
import { databaseNow } from '../../postgres/database-now.ts';
import type { PgDatabase } from '../../postgres/pg-database.ts';
import { withinLimit, withinRate } from '../rows/claim-run.ts';

/** A worker; `isAlive`: it has said so lately. */
export interface SeenWorker {
  readonly worker: string;
  readonly queues: readonly string[];
  readonly slots: number;
  /** Of runsheet. */
  readonly version: string;
  readonly busy: number;
  readonly since: number;
  readonly beatAt: number;
  readonly isAlive: boolean;
}

/** Runs of one queue that are not over; `slots` of the living workers that take them. */
export interface SeenQueue {
  readonly queue: string;
  readonly waiting: number;
  readonly running: number;
  readonly resting: number;
  readonly slots: number;
  /** Since when the oldest of those waits that a worker could take; in milliseconds since 1970. */
  readonly oldestAt?: number;
}

/** Why a run is not worked on. */
export type WhyWaiting =
  | { readonly type: 'permission'; readonly reason: string }
  | { readonly type: 'time'; readonly at: number }
  | { readonly type: 'limit'; readonly key: string; readonly limit: number }
  | { readonly type: 'rate' }
  | { readonly type: 'no-worker' }
  | { readonly type: 'no-slot'; readonly slots: number }
  /** It is about to be taken. */
  | { readonly type: 'turn' };

export interface SeenWaiting {
  readonly run: RunId;
  readonly path: string;
  readonly queue: string;
  readonly since: number;
  readonly why: WhyWaiting;
}

export interface FleetState {
  readonly workers: readonly SeenWorker[];
  readonly queues: readonly SeenQueue[];
  /** The oldest, `mostWaiting` at most. */
  readonly waiting: readonly SeenWaiting[];
  readonly at: number;
}

const mostWaiting = 200;
/** Asked, queued, or resting with something to go on with. */
const waits = `(status IN ('asking', 'queued') OR (status = 'resting' AND due_at <= ${databaseNow}))`;

/** Looks at it; who has said nothing for a lease has died. Throws `DatabaseUnavailable`. */
export async function fleetState(database: PgDatabase, leaseMs: number): Promise<FleetState> {
  const { rows: beats } = await database.query(
    `SELECT name, queues, slots, version, since, beat_at,
       (SELECT count(*) FROM run WHERE run.worker = worker.name AND run.status = 'running') AS busy
     FROM worker ORDER BY since, name`,
  );
  const { rows: clock } = await database.query(`SELECT ${databaseNow} AS now`);
  const at = Number(clock[0]?.now);
  const workers = beats.map((row) => ({
    worker: String(row.name),
    queues: String(row.queues).split(',').filter(Boolean),
    slots: Number(row.slots),
    version: String(row.version),
    busy: Number(row.busy),
    since: Number(row.since),
    beatAt: Number(row.beat_at),
    isAlive: Number(row.beat_at) > at - leaseMs,
  }));
  const queues = await queuesOf(database, workers);
  return { workers, queues, waiting: await waitingOf(database, queues, at), at };
}

async function queuesOf(database: PgDatabase, workers: readonly SeenWorker[]): Promise<readonly SeenQueue[]> {
  const { rows } = await database.query(
    `SELECT run_on, count(*) FILTER (WHERE ${waits}) AS waiting, count(*) FILTER (WHERE status = 'running') AS running,
       count(*) FILTER (WHERE status = 'resting') AS resting,
       min(due_at) FILTER (WHERE status IN ('queued', 'resting') AND due_at <= ${databaseNow}) AS oldest
     FROM run WHERE ended_at IS NULL GROUP BY run_on`,
  );
  const living = workers.filter(({ isAlive }) => isAlive);
  const names = new Set([
    ...rows.map(({ run_on }) => String(run_on)),
    ...living.flatMap(({ queues }) => queues),
  ]);
  return [...names].sort().map((queue) => {
    const row = rows.find(({ run_on }) => run_on === queue);
    return {
      queue,
      waiting: Number(row?.waiting ?? 0),
      running: Number(row?.running ?? 0),
      resting: Number(row?.resting ?? 0),
      slots: living.reduce((sum, { queues, slots }) => sum + (queues.includes(queue) ? slots : 0), 0),
      ...(typeof row?.oldest === 'number' && { oldestAt: row.oldest }),
    };
  });
}

async function waitingOf(
  database: PgDatabase,
  queues: readonly SeenQueue[],
  at: number,
): Promise<readonly SeenWaiting[]> {
  const { rows } = await database.query(
    `SELECT id, path, run_on, status, reason, queued_at, due_at, concurrency_key, concurrency_limit,
       ${withinLimit} AS fits, ${withinRate.replace('?', databaseNow)} AS rated
     FROM run WHERE ${waits} ORDER BY number LIMIT ${mostWaiting}`,
  );
  return rows.map((row) => ({
    run: runId(String(row.id)),
    path: String(row.path),
    queue: String(row.run_on),
    since: Number(row.queued_at),
    why: whyOf(
      row,
      queues.find(({ queue }) => queue === row.run_on),
      at,
    ),
  }));
}

function whyOf(row: Readonly<Record<string, unknown>>, queue: SeenQueue | undefined, at: number): WhyWaiting {
  if (row.status === 'asking') return { type: 'permission', reason: String(row.reason ?? '') };
  if (Number(row.due_at) > at) return { type: 'time', at: Number(row.due_at) };
  if (row.fits === false)
    return { type: 'limit', key: String(row.concurrency_key), limit: Number(row.concurrency_limit) };
  if (row.rated === false) return { type: 'rate' };
  if (queue === undefined || queue.slots === 0) return { type: 'no-worker' };
  return queue.running >= queue.slots ? { type: 'no-slot', slots: queue.slots } : { type: 'turn' };
}
