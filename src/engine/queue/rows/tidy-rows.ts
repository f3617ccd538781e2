// Owns taking away what is old and of no more use.
import { all, change, type Sql, type SqlRow } from './sql.ts';

/**
 * Takes away at most `most` runs, events and links that are older than `before`; true where it took that many of one
 * kind. A run goes when it is over and no span of it holds; an event when it was not told since, because otherwise it
 * would be a new one when it is told again, and when no run that is kept has to do with it. What still fires is told
 * again by its sender, so that a span that nobody ended goes with its last event.
 */
export function* tidyRows(before: number, most: number): Sql<boolean> {
  const { length } = yield* tidyRuns(before, most);
  return (yield* tidyOthers(before, most)) || length >= most;
}

/** Of these, the runs; gives which, with how often each was offered where there is a fleet. */
export function* tidyRuns(before: number, most: number): Sql<readonly SqlRow[]> {
  const old = yield* all(
    `SELECT * FROM run WHERE ended_at < ? AND coalesce(dedup_until, 0) < ?
       AND NOT EXISTS (SELECT 1 FROM run_event JOIN event ON event.id = run_event.event
         WHERE run_event.run = run.number AND event.last_told_at >= ?) ORDER BY ended_at LIMIT ?`,
    ...[before, before, before, most],
  );
  for (const { number } of old) yield* change('DELETE FROM run WHERE number = ?', Number(number));
  return old;
}

/** Of these, everything else. */
export function* tidyOthers(before: number, most: number): Sql<boolean> {
  const taken = [
    yield* change(
      `DELETE FROM event WHERE id IN (SELECT id FROM event WHERE last_told_at < ?
         AND NOT EXISTS (SELECT 1 FROM run_event WHERE run_event.event = event.id) ORDER BY last_told_at LIMIT ?)`,
      ...[before, most],
    ),
    yield* change(
      'DELETE FROM link WHERE hash IN (SELECT hash FROM link WHERE expires_at < ? ORDER BY expires_at LIMIT ?)',
      ...[before, most],
    ),
    yield* change(
      'DELETE FROM run_order WHERE key IN (SELECT key FROM run_order WHERE at < ? ORDER BY at LIMIT ?)',
      ...[before, most],
    ),
  ];
  yield* change(
    'DELETE FROM delivery WHERE NOT EXISTS (SELECT 1 FROM event WHERE event.delivery = delivery.id)',
  );
  yield* change(
    `DELETE FROM mark WHERE name LIKE 'asked %' AND NOT EXISTS (SELECT 1 FROM run WHERE 'asked ' || run.id = mark.name)`,
  );
  yield* change(
    `DELETE FROM worker WHERE beat_at < ? AND NOT EXISTS
       (SELECT 1 FROM run WHERE run.worker = worker.name AND run.status = 'running')`,
    before,
  );
  return taken.some((changes) => changes >= most);
}
