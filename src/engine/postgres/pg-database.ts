// Owns the connections to a PostgreSQL database, and that our schema in it has the form that this version knows.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { errorMessage, isCodedError } from '../../basics/coded-error.ts';
import { migrations, schema } from './migrations.ts';

/** The database cannot be used, or not now. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}

/** What is filled into a statement of PostgreSQL. */
export type PgValue =
  | string
  | number
  | null
  | Uint8Array
  | readonly string[]
  | readonly number[]
  | readonly Uint8Array[];

/** What came of a statement. */
export interface PgAnswer {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly changes: number;
}

/** A connection, with a transaction that is open. */
export interface PgTransaction {
  query(sql: string, values: readonly PgValue[]): Promise<PgAnswer>;
  /** What the library knows it by, for others that take part in it. */
  readonly client: PoolClient;
}

/** How long a connection, and one statement, may take; the server gives up first, and lets go of what it has locked. */
const connectMs = 5_000;
const statementMs = 20_000;
const answerMs = 25_000;
/**
 * Whoever is stopped or cut off in the middle of a transaction holds up all others, who wait for what it has locked: so
 * long at most, then the server takes it back.
 */
export const silentMs = 5_000;
/** So often a lock is asked for that somebody else has. */
const lockMs = 50;
/** Connections of one process. */
const mostConnections = 8;
/** Type number of BIGINT: all of ours are numbers that JavaScript keeps exactly. */
const bigint = 20;

export class PgDatabase {
  readonly #pool: Pool;

  private constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Connects, and makes the tables where they are missing. Throws `DatabaseUnavailable`. */
  static async open(url: string): Promise<PgDatabase> {
    const { Pool, types } = await loadDriver();
    const getTypeParser = ((type: number, format?: 'text') =>
      type === bigint ? Number : types.getTypeParser(type, format)) as typeof types.getTypeParser;
    const pool = new Pool({
      connectionString: url,
      max: mostConnections,
      connectionTimeoutMillis: connectMs,
      query_timeout: answerMs,
      statement_timeout: statementMs,
      idle_in_transaction_session_timeout: silentMs,
      keepAlive: true,
      application_name: 'runsheet',
      options: `-c search_path=${schema} -c client_min_messages=warning`,
      types: { getTypeParser },
    });
    // A connection that nobody uses has ended; the next one is made when it is wanted.
    pool.on('error', () => {});
    const database = new PgDatabase(pool);
    try {
      await database.#migrate();
      return database;
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  /** Process by process: each goes the steps that no other has gone. */
  async #migrate(): Promise<void> {
    await this.transaction(async ({ query }) => {
      await query(`SELECT pg_advisory_xact_lock(hashtext('runsheet form'))`, []);
      await query(`CREATE SCHEMA IF NOT EXISTS ${schema}`, []);
      await query('CREATE TABLE IF NOT EXISTS form (version INTEGER NOT NULL)', []);
      const { rows } = await query('SELECT version FROM form', []);
      const version = Number(rows[0]?.version ?? 0);
      if (version > migrations.length)
        throw new DatabaseUnavailable(
          `the tables were made by a newer version of runsheet (their form is ${version}, this one knows ${migrations.length})`,
        );
      if (version === migrations.length) return;
      for (const step of migrations.slice(version)) await query(step, []);
      await query('DELETE FROM form', []);
      await query('INSERT INTO form (version) VALUES ($1)', [migrations.length]);
    });
  }

  /** One statement of its own; with a name, the server plans it only once for each connection. */
  query(sql: string, values: readonly PgValue[] = [], name?: string): Promise<PgAnswer> {
    const sent = values.map(sendable);
    return spoken(async () =>
      answerOf(
        await (name === undefined
          ? this.#pool.query(sql, sent)
          : this.#pool.query({ name, text: sql, values: sent })),
      ),
    );
  }

  /** All of `work` or nothing of it; resolves when it lasts. What `work` throws itself comes through as it is. */
  transaction<Value>(work: (transaction: PgTransaction) => Promise<Value>): Promise<Value> {
    return spoken(async () => {
      const client = await this.#pool.connect();
      let isBroken = false;
      // A server that ends while nothing is asked of it says so by itself; the next question finds out.
      const onEnd = (): void => {
        isBroken = true;
      };
      client.on('error', onEnd);
      try {
        await client.query('BEGIN');
        const query = async (sql: string, values: readonly PgValue[]): Promise<PgAnswer> =>
          answerOf(await client.query(sql, values.length === 0 ? undefined : values.map(sendable)));
        const value = await work({ query, client });
        await client.query('COMMIT');
        return value;
      } catch (error) {
        await client.query('ROLLBACK').catch(() => {
          isBroken = true;
        });
        throw error;
      } finally {
        client.off('error', onEnd);
        client.release(isBroken);
      }
    });
  }

  /** `work` while nobody else does what has this name, whoever it is. What `work` throws itself comes through as it is. */
  alone<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
    return spoken(async () => {
      // Of the connection and not of a transaction, which may not be silent for as long as the work takes.
      const client = await this.#pool.connect();
      // Whoever ends it takes the lock back; the work finds out by itself when it cannot go on.
      client.on('error', () => {});
      try {
        await lock(client, name);
        return await work();
      } finally {
        // What it has locked goes with it.
        client.release(true);
      }
    });
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}

/**
 * Asks again and again: a statement that waits is a transaction that is open, and whoever has the lock may be making an
 * index, which waits for all of these.
 */
async function lock(client: PoolClient, name: string): Promise<void> {
  for (const endsAt = performance.now() + statementMs; ; await sleep(lockMs)) {
    const { rows } = await client.query('SELECT pg_try_advisory_lock(hashtext($1)) AS is_locked', [name]);
    if (rows[0]?.is_locked === true) return;
    if (performance.now() > endsAt)
      throw new DatabaseUnavailable(`somebody else has been at it for long: ${name}`);
  }
}

function answerOf({ rows, rowCount }: { rows: readonly unknown[]; rowCount: number | null }): PgAnswer {
  return { rows: (rows ?? []) as PgAnswer['rows'], changes: rowCount ?? 0 };
}

/** PostgreSQL keeps no NUL in texts. */
function sendable(value: PgValue): PgValue {
  return typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value;
}

/** It is installed by those who have a fleet. */
async function loadDriver(): Promise<Pick<typeof import('pg'), 'Pool' | 'types'>> {
  try {
    const { default: pg } = await import('pg');
    return pg;
  } catch {
    throw new DatabaseUnavailable(howToInstall);
  }
}

/** What is said where the packages of a fleet are missing. */
export const howToInstall =
  'a fleet needs two packages that are not installed: `npm install --global @dbos-inc/dbos-sdk@5.3.0 pg@8`';

/** Classes of errors that say that the server cannot be used now, and not that a statement is wrong. */
const away = /^(08|53|57|58|25006|25P03|28|3D|55P03)/;

/** Turns what the driver says of the database into our own words; what else is thrown stays as it is. */
async function spoken<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DatabaseUnavailable || !(error instanceof Error)) throw error;
    if (isOfServer(error)) throw new DatabaseUnavailable(errorMessage(error).split('\n')[0]);
    throw error;
  }
}

function isOfServer(error: Error): boolean {
  if (isCodedError(error))
    return /^[0-9A-Z]{5}$/.test(error.code) ? away.test(error.code) : /^E[A-Z]+$/.test(error.code);
  return /^(Connection terminated|timeout |Query read timeout|Client has|Client was|Cannot use a pool)/.test(
    error.message,
  );
}
