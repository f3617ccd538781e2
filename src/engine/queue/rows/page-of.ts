// Owns the parts of a list: what is asked for, and what is given of it.
import { type Page, queueLimits } from '../run-queue.ts';
import type { SqlRow, SqlValue } from './sql.ts';

/** Conditions that all have to hold, with what is filled into them. */
type Conditions = readonly (readonly [sql: string, ...values: readonly SqlValue[]])[];

/** The part of a query that says so. */
export function whereOf(conditions: Conditions): readonly [sql: string, ...values: readonly SqlValue[]] {
  if (conditions.length === 0) return [''];
  return [
    `WHERE ${conditions.map(([sql]) => sql).join(' AND ')}`,
    ...conditions.flatMap(([, ...values]) => values),
  ];
}

/** One more than asked for is looked up, which tells whether there is another page. */
export function pageOf<Entry>(
  rows: readonly SqlRow[],
  limit: number,
  number: string,
  entryOf: (row: SqlRow) => Entry,
): Page<Entry> {
  const entries = rows.slice(0, limit).map(entryOf);
  const next = rows[limit]?.[number];
  return typeof next === 'number' ? { entries, next } : { entries };
}

/** How many entries a page has. */
export const bounded = (limit: number): number => Math.max(1, Math.min(Math.trunc(limit), queueLimits.page));
