// Owns that the rows of a queue lie in PostgreSQL: one change after the other, as in a file of one machine.
import { DatabaseUnavailable, type PgDatabase, type PgTransaction } from '../../postgres/pg-database.ts';
import type { Sql, SqlStore } from '../rows/sql.ts';
import { QueueUnavailable } from '../run-queue.ts';

/** What limits and rates count must not change between counting and taking. */
const oneByOne = `SELECT pg_advisory_xact_lock(hashtext('runsheet queue'))`;

/** Does more in the transaction of a change that touched runs. */
export type AfterRuns = (transaction: PgTransaction) => Promise<void>;

export class PgStore implements SqlStore {
  readonly #database: PgDatabase;
  readonly #afterRuns: AfterRuns;

  readonly #beforeClosing: () => Promise<void>;

  constructor(database: PgDatabase, afterRuns: AfterRuns, beforeClosing: () => Promise<void>) {
    this.#database = database;
    this.#afterRuns = afterRuns;
    this.#beforeClosing = beforeClosing;
  }

  read<Value>(work: () => Sql<Value>): Promise<Value> {
    return kept(async () => (await go(work(), (sql, values) => this.#database.query(sql, values))).value);
  }

  write<Value>(work: () => Sql<Value>): Promise<Value> {
    return kept(() =>
      this.#database.transaction(async (transaction) => {
        await transaction.query(oneByOne, []);
        const { value, touchesRuns } = await go(work(), transaction.query);
        if (touchesRuns) await this.#afterRuns(transaction);
        return value;
      }),
    );
  }

  /** As after a change of runs. */
  offer(): Promise<void> {
    return kept(() =>
      this.#database.transaction(async (transaction) => {
        await transaction.query(oneByOne, []);
        await this.#afterRuns(transaction);
      }),
    );
  }

  async close(): Promise<void> {
    await this.#beforeClosing();
    await this.#database.close();
  }
}

/** Answers one statement after the other. */
async function go<Value>(
  work: Sql<Value>,
  query: PgTransaction['query'],
): Promise<{ readonly value: Value; readonly touchesRuns: boolean }> {
  let touchesRuns = false;
  let step = work.next();
  while (step.done !== true) {
    const { sql, values } = step.value;
    const { rows, changes } = await query(inPostgres(sql), values);
    touchesRuns ||= changes > 0 && /^\s*(?:UPDATE run |INSERT INTO run )/.test(sql);
    step = work.next({ rows, changes });
  }
  return { value: step.value, touchesRuns };
}

const known = new Map<string, string>();

/** The same statement as PostgreSQL reads it: its values are numbered, and it chooses its indexes itself. */
function inPostgres(sql: string): string {
  const before = known.get(sql);
  if (before !== undefined) return before;
  let count = 0;
  const made = sql.replace(/ INDEXED BY \w+/g, '').replace(/\?/g, () => `$${++count}`);
  known.set(sql, made);
  return made;
}

async function kept<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DatabaseUnavailable)
      throw new QueueUnavailable(`the database cannot be used: ${error.message}`);
    throw error;
  }
}
