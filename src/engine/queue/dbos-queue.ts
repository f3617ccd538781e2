// Owns the queue of a fleet: rows in PostgreSQL, and an engine that hands the runs in them to workers.
import { DatabaseUnavailable, PgDatabase } from '../postgres/pg-database.ts';
import { DurableEngine } from './postgres/durable-engine.ts';
import { offerRuns } from './postgres/offer-runs.ts';
import { PgStore } from './postgres/pg-store.ts';
import { QueueUnavailable } from './run-queue.ts';
import { type QueueRules, SqlQueue } from './sql-queue.ts';

export interface DbosQueueOptions extends QueueRules {
  /** Where the database is, as `postgres://…`. */
  readonly url: string;
  /** Milliseconds since 1970: when what is due is given to the engine. */
  readonly now: () => number;
}

export class DbosQueue extends SqlQueue {
  /** Makes the tables where they are missing. Throws `QueueUnavailable`. */
  static async open(options: DbosQueueOptions): Promise<DbosQueue> {
    try {
      const database = await PgDatabase.open(options.url);
      const engine = await DurableEngine.open(options.url);
      const store = new PgStore(
        database,
        async (transaction) => {
          for (const ticket of await offerRuns(transaction, options.now()))
            await engine.enqueue(transaction, ticket);
        },
        () => engine.close(),
      );
      return new DbosQueue(store, options);
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) throw error;
      throw new QueueUnavailable(`the database cannot be used: ${error.message}`);
    }
  }
}
