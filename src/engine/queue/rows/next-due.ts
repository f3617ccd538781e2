// Owns when there may be something to do though nobody says anything.
import { withinLimit, withinRate } from './claim-run.ts';
import { optionalNumber } from './run-of-row.ts';
import { all, type Sql, type SqlRow } from './sql.ts';

/** When a claim can first give what it does not give now, though nothing else happens; now, where it gives one now. */
export function* nextDue({
  queues,
  at,
  leaseMs,
}: {
  queues: readonly string[];
  at: number;
  leaseMs: number;
}): Sql<number | undefined> {
  const ours = `run.run_on IN (${queues.map(() => '?').join(', ')})`;
  const waiting = `${ours} AND due_at IS NOT NULL`;
  const answers: (readonly SqlRow[])[] = [];
  for (const queue of queues)
    answers.push(
      yield* all(
        `SELECT due_at AS time FROM run WHERE run_on = ? AND due_at IS NOT NULL AND due_at > ? ORDER BY due_at LIMIT 1`,
        ...[queue, at],
      ),
    );
  answers.push(
    yield* all(
      `SELECT min(coalesce(worker.beat_at + ?, 0)) AS time FROM run LEFT JOIN worker ON worker.name = run.worker
       WHERE run.status = 'running' AND ${ours}`,
      ...[leaseMs, ...queues],
    ),
    yield* all(
      `SELECT 0 AS time FROM run WHERE ${waiting} AND due_at <= ? AND ${withinLimit} AND ${withinRate} LIMIT 1`,
      ...[...queues, at, at],
    ),
  );
  const times = answers.map(([row]) => optionalNumber(row?.time));
  const known = [...times, ...(yield* freeByRate(waiting, queues, at))].filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.max(at, Math.min(...known));
}

/** When each rule whose rate is used up may begin one more: as soon as the oldest that counts falls out of its span. */
function* freeByRate(
  waiting: string,
  queues: readonly string[],
  at: number,
): Sql<readonly (number | undefined)[]> {
  const rules = yield* all(
    `SELECT DISTINCT rule, rate_count, rate_per FROM run INDEXED BY run_of_rate
     WHERE ${waiting} AND due_at <= ? AND rate_count IS NOT NULL AND started_at IS NULL`,
    ...[...queues, at],
  );
  const times: (number | undefined)[] = [];
  for (const { rule, rate_count: count, rate_per: per } of rules) {
    const [row] = yield* all(
      `SELECT started_at + ? AS time FROM run WHERE rule = ? AND started_at > ?
       ORDER BY started_at DESC LIMIT 1 OFFSET ?`,
      ...[Number(per), String(rule), at - Number(per), Number(count) - 1],
    );
    times.push(optionalNumber(row?.time));
  }
  return times;
}
