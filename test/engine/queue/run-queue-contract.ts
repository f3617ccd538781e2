// Owns what every queue has to do, whatever it is kept in: one table of cases for all adapters.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type RunId, runId } from '../../../src/basics/address.ts';
import type { RuleDecision } from '../../../src/engine/queue/rule-decision.ts';
import type { RunQueue } from '../../../src/engine/queue/run-queue.ts';
import type { RunRequest } from '../../../src/engine/queue/run-request.ts';
import type { ReceivedEvent } from '../../../src/run/triggers/received-event.ts';
import { alert, request, runbook } from './example-event.ts';
import { queueCommands, type RealQueue } from './queue-commands.ts';
import { QueueModel } from './queue-model.ts';

/** How a contract gets a queue: an empty one each time, and its own again after it was closed. */
export interface QueueUnderTest {
  readonly queue: RunQueue;
  /** Closes it, and opens what it kept. */
  reopen(): Promise<RunQueue>;
  dispose(): Promise<void>;
}

/** A silent worker has died after so long. */
const leaseMs = 30_000;
/** Where much happens in little time. */
const shortLeaseMs = 30;

/** Ids `run-1`, `run-2` …; every id is offered twice, so that a queue has to notice that one is taken. */
export function countingIds(): (at: number) => RunId {
  let asked = 0;
  return () => runId(`run-${Math.floor(asked++ / 2) + 1}`);
}

const start = (of: Partial<RunRequest> = {}, rule = 'on[0]'): RuleDecision => ({
  type: 'start',
  rule,
  request: request(of),
});

const raw = new TextEncoder().encode('{"alerts": []}');
const all = { limit: 100 };

/** Runs the contract against an adapter. */
export function testRunQueue(open: (leaseMs: number) => Promise<QueueUnderTest>): void {
  const contract = (name: string, work: (queue: RunQueue, under: QueueUnderTest) => Promise<void>): void =>
    test(name, async () => {
      const under = await open(leaseMs);
      try {
        await work(under.queue, under);
      } finally {
        await under.dispose();
      }
    });
  const tell = async (queue: RunQueue, at: number, event: ReceivedEvent, ...decisions: RuleDecision[]) => {
    const [accepted] = await queue.accept({ events: [{ event, decisions }], raw, at });
    return accepted;
  };
  const of = (what: string) => ({ rule: 'on[0]', runbook, ...JSON.parse(what) });
  const statuses = async (queue: RunQueue) =>
    Object.fromEntries((await queue.runs({}, all)).entries.map(({ id, status }) => [id, status]));

  contract('an event leads to its run once, however often it is told', async (queue, under) => {
    const queued = { rule: 'on[0]', runbook, type: 'queued', run: 'run-1' };
    expect(await tell(queue, 10, alert(), start())).toEqual({ event: 1, times: 1, decided: [queued] });
    expect(await tell(queue, 20, alert(), start())).toEqual({ event: 1, times: 2, decided: [queued] });
    const again = await under.reopen();
    expect(await tell(again, 30, alert(), start())).toEqual({ event: 1, times: 3, decided: [queued] });
    const kept = {
      id: 1,
      told: { type: 'event', ...alert() },
      times: 3,
      receivedAt: 10,
      lastToldAt: 30,
      rounds: [{ at: 10, decided: [queued], leftOut: 0 }],
    };
    expect(await again.events({}, all)).toEqual({ entries: [kept] });
    expect(await again.event(1)).toEqual({ ...kept, raw, rawBytes: raw.length });
    expect(await again.event(2)).toBeUndefined();
    const run = {
      id: 'run-1',
      origin: {
        ...{ type: 'event', event: 1, source: 'alertmanager', endpoint: 'prod', subject: 'disk' },
        ...{ title: 'Disk is full', rule: 'on[0]' },
      },
      ...{ runbook, inputs: { HOST: 'db1' }, may: 'read', whenResolved: 'ignore', runOn: 'default' },
      ...{ status: 'queued', queuedAt: 10, dueAt: 10, epoch: 0, deaths: 0 },
    };
    expect(await again.runs({}, all)).toEqual({ entries: [run] });
    expect(await again.run(runId('run-1'))).toEqual(run);
    expect(await again.eventsOf(runId('run-1'))).toEqual([kept]);
  });

  contract('the same key of another endpoint, source or state is another event', async (queue) => {
    const others = [
      { endpoint: 'test' },
      { source: 'grafana' },
      { key: 'disk:2' },
      { state: 'occurred' as const },
    ];
    for (const [index, other] of [{}, ...others].entries())
      expect((await tell(queue, index, alert(other), start()))?.event).toBe(index + 1);
    expect(Object.keys(await statuses(queue))).toHaveLength(5);
  });

  contract('what rules say is kept with the event, and so many of those that do not match', async (queue) => {
    const no = (rule: string): RuleDecision => ({ type: 'no-match', rule, runbook, reason: 'No.' });
    const rejected = { type: 'rejected', rule: 'b', runbook, reason: 'The host is none.' } as const;
    const decisions = [...Array.from({ length: 60 }, (_, index) => no(`r${index}`)), rejected];
    const accepted = await tell(queue, 1, alert(), ...decisions);
    expect(accepted?.decided).toEqual([...decisions.slice(0, 50), rejected]);
    expect((await queue.events({}, all)).entries[0]?.rounds[0]?.leftOut).toBe(10);
    expect((await queue.events({ led: true }, all)).entries).toEqual([]);
    expect(
      (await queue.events({ led: false, source: 'alertmanager', subject: 'disk', endpoint: 'prod' }, all))
        .entries,
    ).toHaveLength(1);
  });

  contract(
    'a delivery is kept whole: its events share its bytes, of which the beginning stays',
    async (queue) => {
      const long = new Uint8Array(70_000).fill(97);
      const events = ['a', 'b'].map((key) => ({ event: alert({ key }), decisions: [start()] }));
      expect(await queue.accept({ events, raw: long, at: 1 })).toMatchObject([{ event: 1 }, { event: 2 }]);
      const kept = await queue.event(2);
      expect([Buffer.compare(kept?.raw ?? raw, long.subarray(0, 65_536)), kept?.rawBytes]).toEqual([
        0, 70_000,
      ]);
    },
  );

  contract('what cannot be read is kept, and counted', async (queue) => {
    const unreadable = { endpoint: 'prod', source: 'github', reason: 'It is no JSON.', raw, at: 5 };
    expect(await queue.keepUnreadable(unreadable)).toBe(1);
    expect(await queue.keepUnreadable({ ...unreadable, at: 6 })).toBe(1);
    const { raw: _raw, at: _at, ...told } = unreadable;
    expect(await queue.event(1)).toEqual({
      ...{ id: 1, told: { type: 'unreadable', ...told }, times: 2, receivedAt: 5, lastToldAt: 6, rounds: [] },
      ...{ raw, rawBytes: raw.length },
    });
    const anew = { decisions: [start()], by: 'ann', again: false, at: 7 };
    expect(await queue.replay(1, anew)).toBe('no-such-event');
  });

  contract('a dedup key leads to one run of a rule while it lasts', async (queue) => {
    const dedup = { key: 'disk', span: { forMs: 100 } };
    const at = async (time: number, key: string, rule = 'on[0]') =>
      (await tell(queue, time, alert({ key }), start({ dedup }, rule)))?.decided[0];
    expect(await at(0, 'a')).toEqual(of('{"type":"queued","run":"run-1"}'));
    expect(await at(99, 'b')).toEqual(of('{"type":"joined","run":"run-1","why":"dedup"}'));
    expect(await at(99, 'c', 'on[1]')).toMatchObject({ type: 'queued', run: 'run-2' });
    expect(await at(100, 'd')).toEqual(of('{"type":"queued","run":"run-3"}'));
    expect((await queue.eventsOf(runId('run-1'))).map(({ id }) => id)).toEqual([1, 2]);
  });

  contract('while it fires, a dedup key leads to one run, also when that is over', async (queue) => {
    const dedup = { key: 'disk', span: 'while-firing' } as const;
    const fire = async (at: number, key: string) =>
      (await tell(queue, at, alert({ key }), start({ dedup })))?.decided[0];
    expect(await fire(0, 'a')).toMatchObject({ type: 'queued', run: 'run-1' });
    await queue.claim('w', ['default'], 1);
    await queue.finish({ run: runId('run-1'), epoch: 1 }, { exit: 0, at: 2 });
    expect(await fire(1e9, 'b')).toMatchObject({ type: 'joined', run: 'run-1' });
    await tell(queue, 2e9, alert({ key: 'b', state: 'resolved' }));
    expect(await fire(2e9, 'c')).toMatchObject({ type: 'queued', run: 'run-2' });
    // It was told as over before.
    expect(await fire(2e9, 'b')).toMatchObject({ type: 'joined' });
    await tell(queue, 2e9, alert({ key: 'd', state: 'resolved' }));
    expect(await fire(2e9, 'd')).toEqual(
      of('{"type":"dropped","reason":"its end was reported before its beginning"}'),
    );
    // What has no end has no span.
    const occurred = { state: 'occurred', subject: 'x' } as const;
    for (const key of ['e', 'f'])
      expect((await tell(queue, 3e9, alert({ ...occurred, key }), start({ dedup })))?.decided).toMatchObject([
        { type: 'queued' },
      ]);
  });

  contract('what is over ends what waits, and tells what has begun', async (queue) => {
    const rules = (['ignore', 'stop-if-waiting', 'note'] as const).map((whenResolved) =>
      start({ whenResolved }, whenResolved),
    );
    await tell(queue, 0, alert(), ...rules, ...rules);
    for (let count = 0; count < 3; count++) await queue.claim('w', ['default'], 1);
    await queue.rest({ run: runId('run-2'), epoch: 1 }, { reason: 'It wants an answer.' });
    const resolved = await tell(queue, 2, alert({ state: 'resolved' }));
    expect(resolved).toEqual({ event: 2, times: 1, decided: [] });
    expect(await statuses(queue)).toEqual({
      ...{ 'run-1': 'running', 'run-2': 'resting', 'run-3': 'running' },
      ...{ 'run-4': 'queued', 'run-5': 'cancelled', 'run-6': 'queued' },
    });
    const reason = 'what started it is over';
    const messages = [
      { id: 1, run: 'run-2', status: 'resting', type: 'stop-if-waiting', reason, at: 2 },
      { id: 2, run: 'run-3', status: 'running', type: 'note', reason, at: 2 },
      // It hears so when it has begun.
      { id: 3, run: 'run-6', status: 'queued', type: 'note', reason, at: 2 },
    ];
    expect(await queue.messages(10)).toEqual(messages);
    expect(await queue.messages(1)).toEqual(messages.slice(0, 1));
    await queue.messageTold(1);
    await queue.finish({ run: runId('run-3'), epoch: 1 }, { exit: 0, at: 3 });
    await queue.cancel(runId('run-6'), { reason: 'by ann', at: 3 });
    expect(await queue.messages(10)).toEqual([]);
    expect(await queue.run(runId('run-5'))).toMatchObject({ reason, endedAt: 2 });
    expect((await queue.eventsOf(runId('run-5'))).map(({ id }) => id)).toEqual([1, 2]);
  });

  contract('an end that is told late ends nothing that fires anew by then', async (queue) => {
    const minute = (at: number) => `2026-11-30T10:0${at}:00.000Z`;
    const cycle = (of: number, at: number, state: 'firing' | 'resolved') =>
      alert({ key: `disk:${of}:${state}`, cycle: minute(of), at: minute(at), state });
    const wanted = start({
      ...{ whenResolved: 'stop-if-waiting', dedup: { key: 'disk', span: 'while-firing' } },
    });
    await tell(queue, 0, cycle(3, 3, 'firing'), wanted);
    await queue.claim('w', ['default'], 1);
    await queue.rest({ run: runId('run-1'), epoch: 1 }, { reason: 'It wants an answer.' });
    await tell(queue, 2, cycle(1, 2, 'resolved'));
    expect(await queue.messages(10)).toEqual([]);
    expect((await tell(queue, 3, cycle(4, 4, 'firing'), wanted))?.decided).toEqual([
      of('{"type":"joined","run":"run-1","why":"dedup"}'),
    ]);
    await tell(queue, 4, cycle(4, 5, 'resolved'));
    expect(await queue.messages(10)).toMatchObject([{ run: 'run-1', type: 'stop-if-waiting' }]);
    expect((await tell(queue, 5, cycle(6, 6, 'firing'), wanted))?.decided).toMatchObject([
      { type: 'queued' },
    ]);
  });

  contract(
    'a run that was to stop where it waits is wanted once more where what it does for fires anew',
    async (queue) => {
      const concurrency = { key: 'k', limit: 1, whenFull: 'coalesce', countsResting: false } as const;
      const wanted = start({ whenResolved: 'stop-if-waiting', concurrency });
      await tell(queue, 0, alert({ key: 'a' }), wanted);
      await queue.claim('w', ['default'], 1);
      await tell(queue, 2, alert({ key: 'a', state: 'resolved' }));
      const told = async () => (await queue.messages(10)).map(({ type }) => type);
      expect(await told()).toEqual(['stop-if-waiting']);
      await tell(queue, 3, alert({ key: 'b', subject: 'other' }), wanted);
      expect(await told()).toEqual(['stop-if-waiting']);
      await tell(queue, 4, alert({ key: 'c' }), wanted);
      expect(await told()).toEqual([]);
      await tell(queue, 5, alert({ key: 'c', state: 'resolved' }));
      expect(await told()).toEqual(['stop-if-waiting']);
    },
  );

  contract('a limit lets so many go on, and queues, joins or refuses one more', async (queue) => {
    const limited = (whenFull: 'queue' | 'coalesce' | 'refuse', countsResting = true) =>
      start({ concurrency: { key: whenFull, limit: 1, whenFull, countsResting } });
    const came = async (key: string, decision: RuleDecision) =>
      (await tell(queue, 0, alert({ key }), decision))?.decided[0];
    expect(await came('a', limited('queue'))).toMatchObject({ type: 'queued', run: 'run-1' });
    expect(await came('b', limited('queue'))).toMatchObject({ type: 'queued', run: 'run-2' });
    expect(await came('c', limited('coalesce'))).toMatchObject({ type: 'queued', run: 'run-3' });
    expect(await came('d', limited('coalesce'))).toEqual(
      of('{"type":"joined","run":"run-3","why":"concurrency"}'),
    );
    expect(await came('e', limited('refuse'))).toMatchObject({ type: 'queued', run: 'run-4' });
    expect(await came('f', limited('refuse'))).toEqual(
      of('{"type":"refused","reason":"run run-4 is there already, and no more may be"}'),
    );
    const claimed = async () => (await queue.claim('w', ['default'], 1))?.run.id;
    expect([await claimed(), await claimed(), await claimed(), await claimed()]).toEqual([
      ...['run-1', 'run-3', 'run-4'],
      undefined,
    ]);
    await queue.rest({ run: runId('run-1'), epoch: 1 }, { reason: 'r' });
    expect(await claimed()).toBeUndefined();
    await queue.wake(runId('run-1'), 1);
    expect(await claimed()).toBe('run-1');
    await queue.finish({ run: runId('run-1'), epoch: 2 }, { exit: 0, at: 1 });
    expect(await claimed()).toBe('run-2');
  });

  contract('one that rests takes up no room where it does not count', async (queue) => {
    const concurrency = { key: 'k', limit: 1, whenFull: 'queue', countsResting: false } as const;
    for (const key of ['a', 'b']) await tell(queue, 0, alert({ key }), start({ concurrency }));
    await queue.claim('w', ['default'], 1);
    await queue.rest({ run: runId('run-1'), epoch: 1 }, { reason: 'r' });
    expect(await queue.claim('w', ['default'], 1)).toMatchObject({ run: { id: 'run-2' } });
    await queue.wake(runId('run-1'), 1);
    expect(await queue.claim('w', ['default'], 1)).toBeUndefined();
  });

  contract('a rate lets so many of a rule begin in its span; the surplus waits', async (queue) => {
    const rate = { count: 2, perMs: 100 };
    for (const key of ['a', 'b', 'c', 'd']) await tell(queue, 0, alert({ key }), start({ rate }));
    const claimed = async (at: number) => (await queue.claim('w', ['default'], at))?.run.id;
    expect([await claimed(10), await claimed(20), await claimed(30)]).toEqual(['run-1', 'run-2', undefined]);
    expect(await queue.nextDue(['default'], 30)).toBe(110);
    expect([await claimed(109), await claimed(110), await claimed(110)]).toEqual([
      undefined,
      'run-3',
      undefined,
    ]);
    expect(await queue.nextDue(['default'], 110)).toBe(120);
  });

  contract('a run is held until its time, or until a person lets it begin', async (queue) => {
    const quiet = { rule: 'on[0]', reason: 'It is night.', request: request() };
    const accepted = await tell(
      queue,
      0,
      alert(),
      { type: 'held', until: 50, ...quiet },
      { type: 'ask', ...quiet },
    );
    expect(accepted?.decided).toEqual([
      of('{"type":"held","run":"run-1","until":50,"reason":"It is night."}'),
      of('{"type":"asking","run":"run-2","reason":"It is night."}'),
    ]);
    expect(await queue.nextDue(['default'], 0)).toBe(50);
    expect(await queue.claim('w', ['default'], 49)).toBeUndefined();
    expect(await queue.permit(runId('run-1'), 'ann', 49)).toBe(false);
    expect(await queue.permit(runId('run-2'), 'ann', 49)).toBe(true);
    expect(await queue.run(runId('run-2'))).toMatchObject({
      ...{ status: 'queued', dueAt: 49, reason: 'ann lets it begin' },
    });
    expect(await queue.claim('w', ['default'], 49)).toMatchObject({ run: { id: 'run-2' }, how: 'start' });
    expect(await queue.claim('w', ['default'], 50)).toMatchObject({ run: { id: 'run-1' }, how: 'start' });
    expect(await queue.nextDue(['other'], 50)).toBeUndefined();
  });

  contract('a person orders a run once by each key', async (queue) => {
    const order = { key: 'form-1', request: request({ may: 'change' }), person: 'ann', via: 'page', at: 7 };
    expect(await queue.startRun(order)).toEqual({ type: 'queued', run: 'run-1' });
    expect(await queue.startRun({ ...order, at: 8 })).toEqual({ type: 'queued', run: 'run-1' });
    expect(await queue.startRun({ ...order, key: 'form-2' })).toEqual({ type: 'queued', run: 'run-2' });
    expect(await queue.run(runId('run-1'))).toMatchObject({
      ...{ origin: { type: 'person', person: 'ann', via: 'page' }, may: 'change', queuedAt: 7 },
    });
    const concurrency = { key: 'k', limit: 1, whenFull: 'refuse', countsResting: true } as const;
    const limited = { ...order, key: 'form-3', request: request({ concurrency }) };
    expect(await queue.startRun(limited)).toEqual({ type: 'queued', run: 'run-3' });
    const refused = { type: 'refused', reason: 'run run-3 is there already, and no more may be' };
    expect(await queue.startRun({ ...limited, key: 'form-4' })).toEqual(refused);
    await queue.cancel(runId('run-3'), { reason: 'no', at: 9 });
    // The answer stays: a form that is sent twice starts nothing later.
    expect(await queue.startRun({ ...limited, key: 'form-4' })).toEqual(refused);
  });

  contract(
    'workers take the oldest run of their queues, and one that died is followed by another',
    async (queue) => {
      await tell(queue, 0, alert(), start({ runOn: 'dmz' }), start());
      const first = await queue.claim('w1', ['default'], 100);
      expect(first).toMatchObject({
        how: 'start',
        run: { id: 'run-2', status: 'running', worker: 'w1', epoch: 1, startedAt: 100, deaths: 0 },
      });
      expect(first?.run.dueAt).toBeUndefined();
      expect(await queue.nextDue(['default'], 100)).toBe(100 + leaseMs);
      expect(await queue.claim('w2', ['default'], 99 + leaseMs)).toBeUndefined();
      const second = await queue.claim('w2', ['default'], 100 + leaseMs);
      expect(second).toMatchObject({
        how: 'needs-resume',
        run: { id: 'run-2', worker: 'w2', epoch: 2, deaths: 1 },
      });
      expect(await queue.finish({ run: runId('run-2'), epoch: 1 }, { exit: 0, at: 5 })).toBe('lost');
      await queue.beat('w2', 500_000);
      expect(await queue.claim('w3', ['default'], 500_001)).toBeUndefined();
      await queue.leave('w2');
      expect(await queue.nextDue(['default'], 500_001)).toBe(500_001);
      expect(await queue.workers()).toEqual([
        { worker: 'w1', since: 100, beatAt: 100 },
        { worker: 'w3', since: 500_001, beatAt: 500_001 },
      ]);
      // Three workers that died with it are enough.
      expect(await queue.claim('w3', ['default'], 500_002)).toMatchObject({ run: { epoch: 3, deaths: 2 } });
      expect(await queue.claim('w4', ['default'], 600_000)).toBeUndefined();
      expect(await queue.run(runId('run-2'))).toMatchObject({
        ...{ status: 'resting', reason: '3 workers have died with it', epoch: 4, deaths: 3 },
      });
      expect(await queue.wake(runId('run-2'), 600_001)).toBe(true);
      expect(await queue.claim('w4', ['default'], 600_001)).toMatchObject({
        ...{ how: 'needs-resume', rested: '3 workers have died with it' },
        run: { deaths: 0 },
      });
    },
  );

  contract('a run rests, is put back and ends as its worker says', async (queue) => {
    await tell(queue, 0, alert(), start());
    await queue.claim('w', ['default'], 1);
    const claim = (epoch: number) => ({ run: runId('run-1'), epoch });
    expect(await queue.rest(claim(1), { reason: 'Updates are due.', dueAt: 50 })).toBe('done');
    expect(await queue.rest(claim(1), { reason: 'twice' })).toBe('lost');
    expect(await queue.claim('w', ['default'], 49)).toBeUndefined();
    expect(await queue.claim('w', ['default'], 50)).toMatchObject({
      ...{ how: 'needs-resume', rested: 'Updates are due.', run: { epoch: 2 } },
    });
    expect(await queue.putBack(claim(2), { reason: 'Another run goes on.', dueAt: 60 })).toBe('done');
    expect(await queue.run(runId('run-1'))).toMatchObject({
      status: 'queued',
      reason: 'Another run goes on.',
      dueAt: 60,
    });
    const back = await queue.claim('w', ['default'], 60);
    expect(back).toMatchObject({ how: 'needs-resume', run: { epoch: 3 } });
    expect(back?.rested).toBeUndefined();
    expect(await queue.wake(runId('run-1'), 60)).toBe(false);
    expect(await queue.finish(claim(3), { exit: 1, outcome: 'failed', at: 70 })).toBe('done');
    expect(await queue.run(runId('run-1'))).toMatchObject({
      status: 'ended',
      exit: 1,
      outcome: 'failed',
      endedAt: 70,
    });
    expect(await queue.cancel(runId('run-1'), { reason: 'late', at: 71 })).toBe('over');
    expect(await queue.nextDue(['default'], 80)).toBeUndefined();
  });

  contract(
    'how long processes have worked on a run adds up, and says whether all of it was seen',
    async (queue) => {
      await tell(queue, 0, alert(), start(), start());
      const [one, two] = [runId('run-1'), runId('run-2')];
      const times = async () => [...(await queue.machineTimes())].sort();
      await queue.claim('w', ['default'], 1);
      expect(await times()).toEqual([]);
      await queue.rest({ run: one, epoch: 1 }, { reason: 'r', dueAt: 2, machineMs: 1_000.4 });
      expect(await queue.rest({ run: one, epoch: 1 }, { reason: 'r', machineMs: 5 })).toBe('lost');
      await queue.claim('w', ['default'], 2);
      expect(await times()).toEqual([[one, { ms: 1_000, isWhole: false }]]);
      await queue.putBack({ run: one, epoch: 2 }, { dueAt: 3, machineMs: 200 });
      await queue.claim('w', ['default'], 3);
      await queue.finish({ run: one, epoch: 3 }, { exit: 0, at: 4, machineMs: 30 });
      expect(await times()).toEqual([[one, { ms: 1_230, isWhole: true }]]);
      expect((await queue.run(one))?.machineMs).toBe(1_230);
      // The worker of the second one dies, and another goes on with it.
      await queue.claim('w', ['default'], 5);
      await queue.leave('w');
      await queue.claim('w2', ['default'], 6);
      await queue.finish({ run: two, epoch: 2 }, { exit: 0, at: 7, machineMs: 50 });
      expect(await times()).toEqual([
        [one, { ms: 1_230, isWhole: true }],
        [two, { ms: 50, isWhole: false }],
      ]);
      await queue.addWorkerTime({ month: '2026-10', placeMs: 10, busyMs: 1, runs: 1 });
      await queue.addWorkerTime({ month: '2026-11', placeMs: 100, busyMs: 20, runs: 3 });
      await queue.addWorkerTime({ month: '2026-11', placeMs: 100, busyMs: 30, runs: 1 });
      expect(await queue.workerTimes()).toEqual([
        { month: '2026-11', placeMs: 200, busyMs: 50, runs: 4 },
        { month: '2026-10', placeMs: 10, busyMs: 1, runs: 1 },
      ]);
    },
  );

  contract('what never began is cancelled at once, what did is told to stop', async (queue) => {
    await tell(queue, 0, alert(), start(), start());
    await queue.claim('w', ['default'], 1);
    const by = { reason: 'ann: no need', at: 2 };
    expect(await queue.cancel(runId('run-1'), by)).toBe('asked');
    expect(await queue.cancel(runId('run-1'), by)).toBe('asked');
    expect(await queue.cancel(runId('run-2'), by)).toBe('cancelled');
    expect(await queue.cancel(runId('run-2'), by)).toBe('over');
    expect(await queue.cancel(runId('run-9'), by)).toBe('unknown');
    expect(await queue.messages(9)).toEqual([
      { id: 1, run: 'run-1', status: 'running', type: 'stop', reason: 'ann: no need', at: 2 },
    ]);
    expect(await queue.claim('w', ['default'], 3)).toBeUndefined();
  });

  contract('an event is gone through anew, with or without regard to what there is', async (queue) => {
    const dedup = { key: 'disk', span: 'while-firing' } as const;
    const decisions = [start({ dedup })];
    await tell(queue, 0, alert(), ...decisions);
    const joined = of('{"type":"joined","run":"run-1","why":"dedup"}');
    const made = of('{"type":"queued","run":"run-2"}');
    expect(await queue.replay(1, { decisions, by: 'ann', again: false, at: 5 })).toEqual([joined]);
    expect(await queue.replay(1, { decisions, by: 'ann', again: true, at: 6 })).toEqual([made]);
    expect(await queue.replay(9, { decisions, by: 'ann', again: true, at: 6 })).toBe('no-such-event');
    expect((await queue.event(1))?.rounds).toEqual([
      { at: 0, decided: [of('{"type":"queued","run":"run-1"}')], leftOut: 0 },
      { at: 5, by: 'ann', decided: [joined], leftOut: 0 },
      { at: 6, by: 'ann', decided: [made], leftOut: 0 },
    ]);
  });

  contract('gone through anew, an event that is over says whether it ever was not', async (queue) => {
    await tell(queue, 0, alert({ key: 'a' }), start());
    await tell(queue, 1, alert({ key: 'a', state: 'resolved' }));
    await tell(queue, 2, alert({ key: 'b', state: 'resolved' }));
    await tell(queue, 3, alert({ key: 'b' }), start());
    const anew = { decisions: [start()], by: 'ann', again: true, at: 5 };
    const dropped = (reason: string) => [of(JSON.stringify({ type: 'dropped', reason }))];
    expect([await queue.replay(1, anew), await queue.replay(4, anew)]).toEqual([
      dropped('its end was reported after its beginning'),
      dropped('its end was reported before its beginning'),
    ]);
  });

  contract(
    'what is told only after its own end starts nothing, whatever keys its sender gives',
    async (queue) => {
      const at = (minute: number) => `2026-11-30T10:${String(minute).padStart(2, '0')}:00.000Z`;
      const came = async (end: Partial<ReceivedEvent>, beginning: Partial<ReceivedEvent>) => {
        await tell(queue, 1, alert({ ...end, state: 'resolved' }));
        const told = await tell(queue, 2, alert(beginning), start());
        return told?.decided.map(({ type }) => type);
      };
      const cycle = (subject: string, key: string, of: string) => ({ subject, key, cycle: of });
      const timed = (subject: string, key: string, minute: number) => ({ subject, key, at: at(minute) });
      expect([
        await came(cycle('a', 'a:1:resolved', '1'), cycle('a', 'a:1', '1')),
        await came(cycle('b', 'b:1:resolved', '1'), cycle('b', 'b:2', '2')),
        await came(timed('c', 'c1', 5), timed('c', 'c2', 4)),
        await came(timed('d', 'd1', 5), timed('d', 'd2', 6)),
        await came(timed('e', 'e1', 5), timed('f', 'f2', 4)),
      ]).toEqual([['dropped'], ['queued'], ['dropped'], ['queued'], ['queued']]);
    },
  );

  contract('lists come in pages, newest first, of what fits', async (queue) => {
    for (const key of ['a', 'b', 'c', 'd', 'e'])
      await tell(queue, 0, alert({ key }), start(key === 'c' ? { runbook: { path: 'other.md' } } : {}));
    const ids = (page: { entries: readonly { id: string | number }[] }) => page.entries.map(({ id }) => id);
    const first = await queue.runs({ runbook: 'disk.md' }, { limit: 2 });
    expect([ids(first), first.next]).toEqual([['run-5', 'run-4'], 2]);
    const second = await queue.runs({ runbook: 'disk.md' }, { limit: 2, from: 2 });
    expect([ids(second), second.next]).toEqual([['run-2', 'run-1'], undefined]);
    expect(ids(await queue.runs({ event: 3 }, all))).toEqual(['run-3']);
    await queue.claim('w', ['default'], 1);
    expect(ids(await queue.runs({ status: ['running', 'ended'] }, all))).toEqual(['run-1']);
    const events = await queue.events({ endpoint: 'prod' }, { limit: 3 });
    expect([ids(events), events.next]).toEqual([[5, 4, 3], 2]);
  });

  contract('a link is used once, in its time', async (queue) => {
    const link = {
      hash: 'h',
      run: runId('run-1'),
      address: 'gate',
      person: 'ann',
      digest: 'd',
      expiresAt: 100,
    };
    await queue.addLink(link);
    await queue.addLink({ ...link, hash: 'late' });
    expect(await queue.link('h')).toEqual(link);
    const uses = await Promise.all([queue.useLink('h', 9), queue.useLink('h', 9)]);
    const used = { ...link, usedAt: 9 };
    expect(uses).toEqual([
      { type: 'used', link: used },
      { type: 'used-before', link: used },
    ]);
    await queue.freeLink('h', 8);
    expect(await queue.link('h')).toEqual(used);
    await queue.freeLink('h', 9);
    expect(await queue.link('h')).toEqual(link);
    expect(await queue.useLink('late', 100)).toEqual({ type: 'expired', link: { ...link, hash: 'late' } });
    expect(await queue.useLink('none', 0)).toEqual({ type: 'unknown' });
    expect(await queue.link('none')).toBeUndefined();
  });

  contract('tokens are found by their hash while they last, and marks by their names', async (queue) => {
    const token = {
      hash: 'h',
      name: 'ci',
      person: 'ann',
      scopes: ['start', 'read'],
      madeAt: 1,
      expiresAt: 50,
    };
    const other = { hash: 'i', name: 'bot', scopes: [], madeAt: 2 };
    expect([await queue.addToken(token), await queue.addToken(other)]).toEqual(['added', 'added']);
    expect(await queue.addToken({ ...token, hash: 'j' })).toBe('name-taken');
    expect([await queue.token('h', 49), await queue.token('h', 50)]).toEqual([token, undefined]);
    expect(await queue.tokens()).toEqual([other, token]);
    expect([await queue.removeToken('bot'), await queue.removeToken('bot')]).toEqual([true, false]);
    expect(await queue.token('i', 0)).toBeUndefined();
    expect(await queue.mark('tick')).toBeUndefined();
    await queue.setMark('tick', '1');
    await queue.setMark('tick', '2');
    expect(await queue.mark('tick')).toBe('2');
  });

  contract('what is old and of no more use is taken away, a part at a time', async (queue) => {
    const dedup = { key: 'x', span: { forMs: 1_000 } };
    await tell(queue, 0, alert({ key: 'over' }), start());
    await tell(queue, 0, alert({ key: 'spans' }), start({ dedup }));
    await tell(queue, 0, alert({ key: 'rests' }), start());
    await tell(queue, 0, alert({ key: 'told again' }), start());
    await tell(queue, 0, alert({ key: 'idle' }));
    for (let count = 0; count < 4; count++) await queue.claim('w', ['default'], 1);
    for (const run of ['run-1', 'run-2', 'run-4'])
      await queue.finish({ run: runId(run), epoch: 1 }, { exit: 0, at: 2 });
    await queue.rest({ run: runId('run-3'), epoch: 1 }, { reason: 'r' });
    await tell(queue, 500, alert({ key: 'told again' }));
    const left = async () => [
      (await queue.runs({}, all)).entries.map(({ id }) => id),
      (await queue.events({}, all)).entries.map(({ id }) => id),
    ];
    for (const name of ['asked run-1', 'asked run-3', 'tick']) await queue.setMark(name, '1');
    expect(await queue.tidy(2, 10)).toBe(false);
    expect(await queue.mark('asked run-1')).toBe('1');
    expect(await left()).toEqual([
      ['run-4', 'run-3', 'run-2', 'run-1'],
      [4, 3, 2, 1],
    ]);
    expect(await queue.tidy(400, 1)).toBe(true);
    expect(await queue.tidy(400, 1)).toBe(false);
    expect(await left()).toEqual([
      ['run-4', 'run-3', 'run-2'],
      [4, 3, 2],
    ]);
    expect(await queue.tidy(1_001, 10)).toBe(false);
    expect(await left()).toEqual([['run-3'], [3]]);
    const marks = ['asked run-1', 'asked run-3', 'tick'].map((name) => queue.mark(name));
    expect(await Promise.all(marks)).toEqual([undefined, '1', '1']);
  });

  test('whatever is told, claimed, said and killed, it holds what its model holds', async () => {
    await fc.assert(
      fc.asyncProperty(queueCommands, async (commands) => {
        const under = await open(shortLeaseMs);
        try {
          const real: RealQueue = { now: 0, queue: under.queue, reopen: under.reopen };
          await fc.asyncModelRun(() => ({ model: new QueueModel(shortLeaseMs), real }), commands);
        } finally {
          await under.dispose();
        }
      }),
      { numRuns: 30 },
    );
  });
}
