// Owns which runs are given to the engine, to be handed to a worker: those that could begin, or go on, now.
import { databaseNow } from '../../postgres/database-now.ts';
import type { PgTransaction } from '../../postgres/pg-database.ts';
import { withinRate } from '../rows/claim-run.ts';
import type { DriveTicket } from './durable-engine.ts';

/** Stands in `offered` of what the engine should have and has not: also of what a dead worker has. */
export const lostByEngine = -1;
/** So many at once; the rest follow when these have moved on. */
const mostAtOnce = 200;

/**
 * Offers what is due and what limits and rates let go on, those counted that are offered already. Whoever is handed one
 * asks the queue for it, which has the last word.
 */
export async function offerRuns({ query }: PgTransaction): Promise<readonly DriveTicket[]> {
  const inUse = `(SELECT count(*) FROM run other WHERE other.concurrency_key = run.concurrency_key
    AND other.number <> run.number AND (other.status = 'running'
      OR (run.counts_resting = 1 AND other.status = 'resting')
      OR (other.offered = other.epoch AND other.due_at IS NOT NULL)))`;
  const { rows } = await query(
    `WITH ready AS (
       SELECT number, concurrency_key, concurrency_limit, ${inUse} AS in_use,
         row_number() OVER (PARTITION BY concurrency_key ORDER BY number) AS place
       FROM run
       WHERE ((due_at IS NOT NULL AND due_at <= ${databaseNow}) OR (status = 'running' AND offered = ${lostByEngine}))
         AND offered IS DISTINCT FROM epoch
         AND (concurrency_key IS NULL OR concurrency_limit > ${inUse})
         AND ${withinRate.replace('?', databaseNow)}
       ORDER BY number LIMIT ${mostAtOnce}
     )
     UPDATE run SET offered = epoch, offers = offers + 1 FROM ready
     WHERE run.number = ready.number
       AND (ready.concurrency_key IS NULL OR ready.in_use + ready.place <= ready.concurrency_limit)
     RETURNING run.number, run.id, run.run_on, run.offers, run.started_at`,
    [],
  );
  return rows
    .map((row) => ({
      number: Number(row.number),
      ticket: {
        run: String(row.id),
        offer: Number(row.offers),
        queue: String(row.run_on),
        hasBegun: row.started_at !== null,
      },
    }))
    .sort((left, right) => left.number - right.number)
    .map(({ ticket }) => ticket);
}
