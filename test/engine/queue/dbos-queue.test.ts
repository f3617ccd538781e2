import { afterAll, beforeAll, expect, test } from 'vitest';
import { runId } from '../../../src/basics/address.ts';
import { DatabaseUnavailable, PgDatabase, silentMs } from '../../../src/engine/postgres/pg-database.ts';
import { DbosQueue } from '../../../src/engine/queue/dbos-queue.ts';
import { fleetState } from '../../../src/engine/queue/postgres/fleet-state.ts';
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

  test('what waits says what for, and old runs go with all that they have recorded', async () => {
    const { queue } = await openEmpty(30_000);
    const key = { key: 'disk db1', limit: 1, whenFull: 'queue' as const, countsResting: false };
    const start = async (more: Parameters<typeof request>[0], at: number) => {
      const order = { key: `order ${at}`, person: 'ada', via: 'page', at };
      const made = await queue.startRun({ ...order, request: request(more) });
      return 'run' in made ? made.run : runId('');
    };
    const running = await start({ concurrency: key }, 1);
    const second = await start({ concurrency: key }, 2);
    const lab = await start({ runOn: 'lab' }, 3);
    const next = await start({}, 4);
    const now = Date.now() + (await queue.clockAheadMs(Date.now()));
    await queue.claimOne('w1', running, ['default'], now);
    await queue.beat('w0', now - 60_000);
    await queue.describeWorker('w1', { queues: ['default'], slots: 1, version: '0.2.0' });
    const seen = await fleetState(database, 30_000);
    expect({
      ...seen,
      at: 0,
      workers: seen.workers.map(({ worker, busy, isAlive }) => ({ worker, busy, isAlive })),
    }).toEqual({
      at: 0,
      workers: [
        { worker: 'w0', busy: 0, isAlive: false },
        { worker: 'w1', busy: 1, isAlive: true },
      ],
      queues: [
        { queue: 'default', waiting: 2, running: 1, resting: 0, slots: 1, oldestAt: 2 },
        { queue: 'lab', waiting: 1, running: 0, resting: 0, slots: 0, oldestAt: 3 },
      ],
      waiting: [
        {
          run: second,
          path: 'disk.md',
          queue: 'default',
          since: 2,
          why: { type: 'limit', key: 'disk db1', limit: 1 },
        },
        { run: lab, path: 'disk.md', queue: 'lab', since: 3, why: { type: 'no-worker' } },
        { run: next, path: 'disk.md', queue: 'default', since: 4, why: { type: 'no-slot', slots: 1 } },
      ],
    });
    await database.query("INSERT INTO run_line VALUES ($1, 1, 1, 'w1', '{}'), ($2, 1, 1, 'w1', '{}')", [
      running,
      next,
    ]);
    await queue.finish({ run: running, epoch: 1 }, { exit: 0, outcome: 'succeeded', at: now - 10 });
    const held = async () => {
      const { rows } = await database.query(
        `SELECT 'run ' || id AS one FROM run UNION ALL SELECT 'line ' || run FROM run_line
         UNION ALL SELECT 'drive ' || workflow_uuid FROM dbos.workflow_status ORDER BY 1`,
      );
      return rows.map(({ one }) => one);
    };
    const others = [
      `drive ${second}/1`,
      `drive ${lab}/1`,
      `drive ${next}/1`,
      `line ${next}`,
      `run ${second}`,
      `run ${lab}`,
      `run ${next}`,
    ];
    // What servers do by themselves leaves it.
    expect(await queue.tidyEvents(now, 100)).toBe(false);
    expect(await held()).toEqual(
      [...others, `drive ${running}/1`, `line ${running}`, `run ${running}`].sort(),
    );
    expect(await queue.tidyRuns(now - 100, 100)).toBe(0);
    expect(await queue.tidyRuns(now, 100)).toBe(1);
    expect(await held()).toEqual(others.sort());
    await queue.close();
  });

  test('what is posted for a run is taken once, in its order, and not after its time', async () => {
    const { queue } = await openEmpty(30_000);
    const { posted } = queue;
    const run = runId('20261129-101500-k3f9');
    const first = await posted.post(run, 'first', 60_000);
    const second = await posted.post(run, 'second', 60_000);
    const late = await posted.post(run, 'late', -1);
    expect(await posted.waitingFor([run, runId('20261129-101500-zzzz')])).toEqual(new Set([run]));
    expect([await posted.stateOf(first), await posted.stateOf(99_999)]).toEqual([
      { type: 'waiting' },
      { type: 'gone' },
    ]);
    expect(await posted.take(run, 3)).toEqual([
      { id: first, command: 'first' },
      { id: second, command: 'second' },
    ]);
    // Another worker does not do again what one has died with.
    expect([await posted.take(run, 4), await posted.waitingFor([run])]).toEqual([[], new Set()]);
    expect([await posted.withdraw(first), await posted.withdraw(late)]).toEqual([false, true]);
    await posted.answer(second, '"taken"');
    expect([await posted.stateOf(first), await posted.stateOf(second), await posted.stateOf(late)]).toEqual([
      { type: 'taken' },
      { type: 'answered', answer: '"taken"' },
      { type: 'gone' },
    ]);
    await queue.close();
  });

  test('who is stopped in the middle of a change holds up nobody for long', async () => {
    const { queue } = await openEmpty(30_000);
    let go = (): void => {};
    let hold = (): void => {};
    const isHeld = new Promise<void>((resolve) => {
      hold = resolve;
    });
    const stopped = database.transaction(async ({ query }) => {
      await query(`SELECT pg_advisory_xact_lock(hashtext('runsheet queue'))`, []);
      await new Promise<void>((resolve) => {
        go = resolve;
        hold();
      });
      await query('SELECT 1', []);
    });
    const kept = expect(stopped).rejects.toThrow(DatabaseUnavailable);
    await isHeld;
    const begunAt = performance.now();
    await queue.addWorkerTime({ month: '2026-11', placeMs: 1, busyMs: 1, runs: 1 });
    expect(performance.now() - begunAt).toBeLessThan(4 * silentMs);
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
