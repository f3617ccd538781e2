// Owns the queue of a fleet: rows in PostgreSQL, and an engine that hands the runs in them to workers.
import type { RunId } from '../../basics/address.ts';
import { databaseNow } from '../postgres/database-now.ts';
import { DatabaseUnavailable, PgDatabase } from '../postgres/pg-database.ts';
import { type DriveTicket, DurableEngine } from './postgres/durable-engine.ts';
import { lostByEngine, offerRuns } from './postgres/offer-runs.ts';
import { PgStore } from './postgres/pg-store.ts';
import { PostedCommands } from './postgres/posted-commands.ts';
import { claimRun } from './rows/claim-run.ts';
import { all, change, type Sql } from './rows/sql.ts';
import { tidyOthers, tidyRuns } from './rows/tidy-rows.ts';
import { type ClaimedRun, QueueUnavailable } from './run-queue.ts';
import { type QueueRules, SqlQueue } from './sql-queue.ts';

export interface DbosQueueOptions extends QueueRules {
  /** Where the database is, as `postgres://…`. */
  readonly url: string;
}

/** A run that was given to the engine, or that somebody has who may be dead. */
export type OpenTicket = Pick<DriveTicket, 'run' | 'offer'>;

export class DbosQueue extends SqlQueue {
  readonly database: PgDatabase;
  /** What is said to its runs from elsewhere. */
  readonly posted: PostedCommands;
  readonly #store: PgStore;
  readonly #engine: DurableEngine;
  readonly #leaseMs: number;

  private constructor(database: PgDatabase, engine: DurableEngine, store: PgStore, rules: QueueRules) {
    super(store, rules);
    this.#engine = engine;
    this.database = database;
    this.posted = new PostedCommands(database);
    this.#store = store;
    this.#leaseMs = rules.leaseMs;
  }

  /** Makes the tables where they are missing. Throws `QueueUnavailable`. */
  static async open(options: DbosQueueOptions): Promise<DbosQueue> {
    try {
      const database = await PgDatabase.open(options.url);
      // Two that make the tables of the engine at the same time get into each other's way.
      const engine = await database.alone('the tables of the engine', () => DurableEngine.open(options.url));
      const store = new PgStore(
        database,
        async (transaction) => {
          for (const ticket of await offerRuns(transaction)) await engine.enqueue(transaction, ticket);
        },
        () => engine.close(),
      );
      return new DbosQueue(database, engine, store, options);
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) throw error;
      throw new QueueUnavailable(`the database cannot be used: ${error.message}`);
    }
  }

  /** How far the clock of the database is ahead of this one, in milliseconds: the workers have one clock in common. */
  async clockAheadMs(now: number): Promise<number> {
    const { rows } = await this.database.query(`SELECT ${databaseNow} AS now`);
    return Math.round(Number(rows[0]?.now) - now);
  }

  /** The run that the engine has handed over, if it may go on: the queue has the last word. */
  claimOne = (
    worker: string,
    run: RunId,
    queues: readonly string[],
    at: number,
  ): Promise<ClaimedRun | undefined> =>
    this.#store.write(() => claimRun({ worker, queues, at, leaseMs: this.#leaseMs, only: run }));

  /** What a worker takes, for those who look after the fleet. */
  describeWorker = (
    worker: string,
    { queues, slots, version }: { queues: readonly string[]; slots: number; version: string },
  ): Promise<void> =>
    this.#store.write(function* () {
      const values = [queues.join(','), slots, version, worker];
      yield* change('UPDATE worker SET queues = ?, slots = ?, version = ? WHERE name = ?', ...values);
    });

  /** As `tidy`, but leaves all runs and their records. */
  tidyEvents = (before: number, most: number): Promise<boolean> =>
    this.#store.write(() => tidyOthers(before, most));

  /** Takes away at most so many runs that ended before, with their records; gives how many. */
  tidyRuns = async (before: number, most: number): Promise<number> => {
    const gone = await this.#store.write(() => tidyRecords(before, most));
    await this.#engine.forget(gone);
    return gone.length;
  };

  override tidy = async (before: number, most: number): Promise<boolean> => {
    const isMore = (await this.tidyRuns(before, most)) >= most;
    return (await this.tidyEvents(before, most)) || isMore;
  };

  /** Gives to the engine what has come due meanwhile. */
  offer = (): Promise<void> => this.#store.offer();

  /** What was handed over is not taken; it is offered again. */
  decline = (run: RunId): Promise<void> => this.#store.write(() => takeBackOffer(run));

  /** Runs that the engine should have before it, or see going on. */
  tickets = (at: number): Promise<readonly OpenTicket[]> =>
    this.#store.read(() => openTickets(at - this.#leaseMs));

  /** The engine has lost these: they are offered anew. */
  offerAnew = (runs: readonly RunId[]): Promise<void> =>
    this.#store.write(function* () {
      for (const run of runs) yield* change(`UPDATE run SET offered = ${lostByEngine} WHERE id = ?`, run);
    });
}

function* tidyRecords(before: number, most: number): Sql<readonly OpenTicket[]> {
  const old = yield* tidyRuns(before, most);
  for (const { id } of old)
    for (const table of ['run_line', 'run_file', 'posted'])
      yield* change(`DELETE FROM ${table} WHERE run = ?`, String(id));
  return old.map(({ id, offers }) => ({ run: String(id), offer: Number(offers) }));
}

function* takeBackOffer(run: RunId): Sql<void> {
  yield* change('UPDATE run SET offered = NULL WHERE id = ? AND offered = epoch', run);
}

/** Of those that have a worker, the ones whose worker has been silent since a time. */
function* openTickets(silentSince: number): Sql<readonly OpenTicket[]> {
  const rows = yield* all(
    `SELECT id, offers FROM run WHERE (due_at IS NOT NULL AND offered = epoch)
       OR (status = 'running' AND NOT EXISTS
         (SELECT 1 FROM worker WHERE worker.name = run.worker AND worker.beat_at > ?))`,
    silentSince,
  );
  return rows.map((row) => ({ run: String(row.id), offer: Number(row.offers) }));
}
