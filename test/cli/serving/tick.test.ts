// Tests that what a clock starts is started once, also where two servers of a fleet look at the same clock.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ReceiverParts } from '../../../src/cli/serving/receive.ts';
import { Library } from '../../../src/cli/serving/shelf/library.ts';
import { tick } from '../../../src/cli/serving/tick.ts';
import { DbosQueue } from '../../../src/engine/queue/dbos-queue.ts';
import { EmbeddedQueue } from '../../../src/engine/queue/embedded-queue.ts';
import { openRuleJudge } from '../../../src/engine/triggers/rule-judge.ts';
import { describeWith, makePostgres } from '../../e2e/services.ts';
import { countingIds } from '../../engine/queue/run-queue-contract.ts';

const page = `---
concurrency: allow
on: { schedule: { cron: '*/5 * * * *', timezone: UTC } }
---
# Look

## Steps

\`\`\`sh
true
\`\`\`
`;

test('a schedule that is put into the library while a server looks runs at its first due time', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'runsheet-tick-'));
  mkdirSync(join(folder, 'library'));
  const rules = openRuleJudge(new URL('../../../dist/rule-worker.js', import.meta.url));
  const queue = await EmbeddedQueue.open({
    ...{ stateDir: join(folder, 'state'), use: 'write', leaseMs: 1_000 },
    makeRunId: countingIds(),
  });
  onTestFinished(async () => {
    await rules.close();
    await queue.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const never = async (): Promise<never> => {
    throw new Error('nothing is asked for in this test');
  };
  const server: ReceiverParts = {
    ...{ queue, library: new Library(join(folder, 'library')), endpoints: [], queues: ['default'] },
    ...{ decide: rules.decide, people: {}, fetchText: never, clicks: never, wake: () => {} },
  };
  const at = (time: string): number => Date.parse(`2026-11-30T${time}Z`);
  const write = (name: string) => writeFileSync(join(folder, 'library', name), page);
  const runs = async () => (await queue.runs({}, { limit: 9 })).entries.map(({ runbook }) => runbook.path);
  write('a.md');
  // A server that has just been started cannot know since when it is there.
  await tick(server, at('10:20:00.400'));
  expect(await runs()).toEqual([]);
  write('b.md');
  await tick(server, at('10:25:00.400'), true);
  expect(await runs()).toEqual(['b.md', 'a.md']);
  // It was held up: nobody knows whether this one was there when its minute began.
  write('c.md');
  await tick(server, at('10:30:40'), true);
  expect(await runs()).toEqual(['b.md', 'a.md', 'b.md', 'a.md']);
  await tick(server, at('10:35:00'), true);
  expect((await runs()).slice(0, 3)).toEqual(['c.md', 'b.md', 'a.md']);
});

describeWith(['initdb', 'postgres'], 'two servers of a fleet', () => {
  test('start what is due once, however their looks fall together', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'runsheet-tick-'));
    mkdirSync(join(folder, 'library'));
    writeFileSync(join(folder, 'library', 'look.md'), page);
    const cluster = await makePostgres({ maxConnections: 60 });
    await cluster.start();
    const url = `postgres://postgres@127.0.0.1:${cluster.port}/postgres`;
    const rules = openRuleJudge(new URL('../../../dist/rule-worker.js', import.meta.url));
    const makeRunId = countingIds();
    const queues: DbosQueue[] = [];
    onTestFinished(async () => {
      await rules.close();
      for (const queue of queues) await queue.close();
      await cluster.dispose();
      rmSync(folder, { recursive: true, force: true });
    });
    const open = async () => queues.push(await DbosQueue.open({ url, makeRunId, leaseMs: 1_000 }));
    await Promise.all([open(), open()]);
    const never = async (): Promise<never> => {
      throw new Error('nothing is asked for in this test');
    };
    const servers = queues.map(
      (queue): ReceiverParts => ({
        ...{ queue, library: new Library(join(folder, 'library')), endpoints: [], queues: ['default'] },
        ...{ decide: rules.decide, people: {}, fetchText: never, clicks: never, wake: () => {} },
      }),
    );
    const at = (time: string): number => Date.parse(`2026-11-30T${time}Z`);
    const [first] = servers;
    // A schedule that is new begins when it is seen first.
    expect(first && (await tick(first, at('10:02:00')))).toBe(false);
    // The second one is a little behind, or has the same time to the millisecond.
    for (const [one, other] of [
      ['10:04:59.990', '10:04:59.500'],
      ['10:05:00.400', '10:05:00.000'],
      ['10:10:00.000', '10:09:59.999'],
      ['10:10:00.500', '10:10:00.500'],
      ['10:21:00.000', '10:21:00.000'],
    ])
      await Promise.all(servers.map((server, index) => tick(server, at((index === 0 ? one : other) ?? ''))));
    const { entries } = await (queues[0] as DbosQueue).events({}, { limit: 100 });
    const told = entries.map(({ told }) => (told.type === 'event' ? told.key : told.type));
    expect(new Set(told).size).toBe(told.length);
    const { entries: runs } = await (queues[1] as DbosQueue).runs({}, { limit: 100 });
    // Of those that nobody looked for, the newest.
    expect(runs.map(({ queuedAt }) => new Date(queuedAt).toISOString().slice(11, 16)).sort()).toEqual([
      '10:05',
      '10:10',
      '10:21',
    ]);
  });
});
