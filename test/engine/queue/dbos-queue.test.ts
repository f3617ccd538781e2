import { afterAll, beforeAll, expect, test } from 'vitest';
import { DatabaseUnavailable, PgDatabase, silentMs } from '../../../src/engine/postgres/pg-database.ts';
import { DbosQueue } from '../../../src/engine/queue/dbos-queue.ts';
import { describeWith, makePostgres, type PostgresCluster } from '../../e2e/services.ts';
import { alert, request } from './example-event.ts';
import { countingIds, testRunQueue } from './run-queue-contract.ts';

describeWith(['initdb', 'postgres'], 'the queue of a fleet', () => {
  let cluster: PostgresCluster;
  let database: PgDatabase;
  let url: string;
  beforeAll(async () => {
    cluster = await makePostgres({ maxConnections: 60 });
    await cluster.start();
    url = `postgres://postgres@127.0.0.1:${cluster.port}/postgres`;
    database = await PgDatabase.open(url);
  });
  afterAll(async () => {
    await database?.close();
    await cluster?.dispose();
  });

  const openEmpty = async (leaseMs: number) => {
    const makeRunId = countingIds();
    const open = () => DbosQueue.open({ url, makeRunId, leaseMs });
    const queue = await open();
    await database.query(
      `TRUNCATE delivery, event, run, run_event, message, run_order, worker, link, token, mark, worker_time,
         dbos.workflow_status RESTART IDENTITY CASCADE`,
    );
    return { open, queue };
  };

  testRunQueue(async (leaseMs) => {
    const { open, queue } = await openEmpty(leaseMs);
    let last = queue;
    return {
      queue,
      reopen: async () => {
        await last.close();
        last = await open();
        return last;
      },
      dispose: () => last.close(),
    };
  });

  /** What the engine holds, in the order in which it hands it out. */
  const offered = async () => {
    const { rows } = await database.query(
      `SELECT workflow_uuid, queue_name, priority, application_version FROM dbos.workflow_status
       WHERE status = 'ENQUEUED' ORDER BY priority, created_at, workflow_uuid`,
    );
    return rows.map((row) => Object.values(row).join(' '));
  };

  test('who is stopped in the middle of a change holds up nobody for long', async () => {
    const { queue } = await openEmpty(30_000);
    let go = (): void => {};
    const stopped = database.transaction(async ({ query }) => {
      await query(`SELECT pg_advisory_xact_lock(hashtext('runsheet queue'))`, []);
      await new Promise<void>((resolve) => {
        go = resolve;
      });
      await query('SELECT 1', []);
    });
    const kept = expect(stopped).rejects.toThrow(DatabaseUnavailable);
    const begunAt = performance.now();
    await queue.addWorkerTime({ month: '2026-11', placeMs: 1, busyMs: 1, runs: 1 });
    expect(performance.now() - begunAt).toBeLessThan(2 * silentMs);
    go();
    await kept;
    await queue.close();
  });

  test('what may begin is given to the engine in the transaction in which it is kept', async () => {
    const { queue } = await openEmpty(30_000);
    const limited = request({
      runOn: 'dmz',
      concurrency: { key: 'db1', limit: 1, whenFull: 'queue', countsResting: true },
    });
    const start = (rule: string, of = request()) => ({ type: 'start', rule, request: of }) as const;
    const tell = (key: string, ...decisions: ReturnType<typeof start>[]) =>
      queue.accept({ events: [{ event: alert({ key }), decisions }], raw: new Uint8Array(), at: 10 });
    await tell('a', start('on[0]'), start('on[1]', limited), start('on[2]', limited));
    const first = ['run-1/1 runsheet default 2 runsheet-1', 'run-2/1 runsheet dmz 2 runsheet-1'];
    expect(await offered()).toEqual(first);
    // A change that fails leaves nothing at the engine either.
    const unfit = {
      ...request(),
      inputs: {
        get HOST(): string {
          throw new Error('no such host');
        },
      },
    };
    await expect(tell('b', start('on[3]'), start('on[4]', unfit))).rejects.toThrow('no such host');
    expect(await offered()).toEqual(first);
    // What another of its key makes room for goes on, and what has begun goes first.
    const claimed = await queue.claim('w', ['dmz'], 20);
    const claim = { run: claimed?.run.id ?? alert().key, epoch: 1 } as Parameters<typeof queue.rest>[0];
    expect(await queue.rest(claim, { reason: 'waits', dueAt: 30 })).toBe('done');
    expect(await offered()).toEqual(['run-2/2 runsheet dmz 1 runsheet-1', ...first]);
    await queue.close();
  });
});
