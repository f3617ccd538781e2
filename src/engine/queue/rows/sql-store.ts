// Owns the port of the database that a queue is kept in.
import type { Sql } from './sql.ts';

/** A database of the queue. What it cannot do throws `QueueUnavailable`, and nothing of that call was done. */
export interface SqlStore {
  /** Looks at what is kept. */
  read<Value>(work: () => Sql<Value>): Promise<Value>;
  /** Does all of `work` or nothing of it, as if nobody else did anything meanwhile; resolves when it lasts. */
  write<Value>(work: () => Sql<Value>): Promise<Value>;
  /** What was asked for before is done first. */
  close(): Promise<void>;
}
