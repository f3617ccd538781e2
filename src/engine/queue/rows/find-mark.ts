// Owns the rows of what is remembered of what is done from time to time.
import { all, change, type Sql } from './sql.ts';

export function* findMark(name: string): Sql<string | undefined> {
  const [row] = yield* all('SELECT value FROM mark WHERE name = ?', name);
  return row && String(row.value);
}

export function* setMarkRow(name: string, value: string): Sql<void> {
  yield* change(
    'INSERT INTO mark (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    name,
    value,
  );
}
