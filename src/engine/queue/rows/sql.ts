// Owns how work on the queue asks its database: step by step, so that one that answers at once and one that is reached
// over the network do the same.

/** What is filled into a statement. */
export type SqlValue = string | number | null | Uint8Array;
export type SqlRow = Readonly<Record<string, unknown>>;

/** One statement; each `?` stands for the next of its values. */
export interface SqlStatement {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** What a database answers to a statement. */
export interface SqlAnswer {
  /** All rows, in memory. */
  readonly rows: readonly SqlRow[];
  /** How many rows were changed. */
  readonly changes: number;
}

/** Work that is done statement by statement, and gives a value. */
export type Sql<Value> = Generator<SqlStatement, Value, SqlAnswer>;

/** The rows of a query, or of what a change returns. */
export function* all(sql: string, ...values: readonly SqlValue[]): Sql<readonly SqlRow[]> {
  const { rows } = yield { sql, values };
  return rows;
}

/** Changes rows; gives how many. */
export function* change(sql: string, ...values: readonly SqlValue[]): Sql<number> {
  const { changes } = yield { sql, values };
  return changes;
}

/** A database of the queue. What it cannot do throws `QueueUnavailable`, and nothing of that call was done. */
export interface SqlStore {
  /** Looks at what is kept. */
  read<Value>(work: () => Sql<Value>): Promise<Value>;
  /** Does all of `work` or nothing of it, as if nobody else did anything meanwhile; resolves when it lasts. */
  write<Value>(work: () => Sql<Value>): Promise<Value>;
  /** What was asked for before is done first. */
  close(): Promise<void>;
}
