import { afterAll, beforeAll, expect, test } from 'vitest';
import { PgDatabase } from '../../../src/engine/postgres/pg-database.ts';
import { describeWith, makePostgres, type PostgresCluster } from '../../e2e/services.ts';

describeWith(['initdb', 'postgres'], 'what is done alone', () => {
  let cluster: PostgresCluster;
  let databases: readonly PgDatabase[];
  beforeAll(async () => {
    cluster = await makePostgres({ maxConnections: 20 });
    await cluster.start();
    const url = `postgres://postgres@127.0.0.1:${cluster.port}/postgres`;
    databases = [await PgDatabase.open(url), await PgDatabase.open(url)];
  });
  afterAll(async () => {
    for (const database of databases ?? []) await database.close();
    await cluster?.dispose();
  });

  /** Does both at once, and gives what was done in its order. */
  const both = async (names: readonly string[], work: () => Promise<unknown>): Promise<readonly string[]> => {
    const done: string[] = [];
    await Promise.all(
      databases.map((database, index) =>
        database.alone(names[index] ?? '', async () => {
          done.push('begun');
          await work();
          done.push('ended');
        }),
      ),
    );
    return done;
  };

  test('is done by nobody else meanwhile', async () => {
    const [one] = databases;
    // An index made so waits for all transactions that are open.
    await one?.query('CREATE TABLE IF NOT EXISTS public.thing (id INTEGER)');
    let count = 0;
    const work = async () => {
      await one?.query(`CREATE INDEX CONCURRENTLY thing_${++count} ON public.thing (id)`);
      await one?.query('SELECT pg_sleep(0.2)');
    };
    expect(await both(['same', 'same'], work)).toEqual(['begun', 'ended', 'begun', 'ended']);
    // Each waits until the other has begun.
    let begun = 0;
    let tell = (): void => {};
    const bothBegun = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const meeting = async () => {
      if (++begun === 2) tell();
      await bothBegun;
    };
    expect(await both(['same', 'other'], meeting)).toEqual(['begun', 'begun', 'ended', 'ended']);
  });

  test('goes on when the connection of its lock is ended, and what it throws comes through', async () => {
    const [one, other] = databases;
    const ended = one?.alone('same', async () => {
      const { rows } = (await other?.query(
        `SELECT count(pg_terminate_backend(pid)) AS count FROM pg_locks WHERE locktype = 'advisory'`,
      )) ?? { rows: [] };
      expect(Number(rows[0]?.count)).toBe(1);
      await other?.query('SELECT pg_sleep(0.2)');
      return 'done';
    });
    expect(await ended).toBe('done');
    await expect(one?.alone('same', () => Promise.reject(new Error('of its own')))).rejects.toThrow(
      'of its own',
    );
    expect(await one?.alone('same', async () => 'again')).toBe('again');
  });
});
