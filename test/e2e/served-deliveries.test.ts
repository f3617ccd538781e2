// Tests that a server which is killed again and again loses no alert that it has taken, and runs for none of them twice.
// RUNSHEET_DELIVERIES=whole tells 1,000 deliveries of 300 alerts over 20 kills, RUNSHEET_DELIVERIES_SEED others.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runId } from '../../src/basics/address.ts';
import { readJournal } from '../../src/engine/journal/read-journal.ts';
import { RunStore } from '../../src/engine/journal/run-store.ts';
import { EmbeddedQueue } from '../../src/engine/queue/embedded-queue.ts';
import { Rig } from './rig.ts';
import { Served, serveFile } from './served.ts';

const isWhole = process.env.RUNSHEET_DELIVERIES === 'whole';
const [deliveries, alerts, kills] = isWhole ? [1_000, 300, 20] : [100, 30, 4];
const seed = Number(process.env.RUNSHEET_DELIVERIES_SEED ?? 20261129);
/** So many deliveries are on their way at once. */
const senders = 3;
/** Between an answer and the next delivery of the same sender, in milliseconds at most; it is what kills fall into. */
const paceMs = 250;
/** A sender that was not answered 202 tells again. */
const retryMs = 100;

/** The same numbers from 0 to below 1 for the same seed. */
function randomOf(from: number): () => number {
  let state = from >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What Alertmanager tells of these alerts. */
const told = (numbers: readonly number[]) => ({
  ...{ version: '4', groupKey: '{}:{alertname="PoolFull"}', status: 'firing', receiver: 'runsheet' },
  alerts: numbers.map((number) => ({
    status: 'firing',
    labels: { alertname: 'PoolFull', instance: `db${number}` },
    annotations: {},
    startsAt: '2026-11-29T10:00:00Z',
    endsAt: '0001-01-01T00:00:00Z',
    generatorURL: '',
    fingerprint: number.toString(16).padStart(16, '0'),
  })),
});

const library = `---
on:
  alertmanager: { match: { alertname: PoolFull } }
concurrency: allow
inputs:
  HOST: { from: event.labels.instance, pattern: '^db[0-9]+$' }
---

# Look

## Diagnosis

\`\`\`sh {risk=read}
echo "looked at $HOST"
\`\`\`
`;

it(`runs once for each of ${alerts} alerts, told ${deliveries} times to a server killed ${kills} times (seed ${seed})`, {
  timeout: isWhole ? 1_800_000 : 120_000,
}, async () => {
  const random = randomOf(seed);
  const rig = await Rig.create();
  await rig.write(
    'serve.yaml',
    `${serveFile}endpoints:\n  prod: { type: alertmanager, secret: { env: AM } }\n`,
  );
  await rig.write('library/look.md', library);
  const start = (): Promise<Served> => Served.start(rig, [], { AM: 'right' });
  let server = await start();
  let killed = 0;
  let unanswered = 0;
  /** The run that was promised for each alert, as the first 202 named it. */
  const promised = new Map<number, string>();
  const again: unknown[] = [];
  // Each alert is told in a delivery of its own turn first, and in random ones after that, up to three together.
  const queue = Array.from({ length: deliveries }, (_, turn) => [
    turn < alerts ? turn : Math.floor(random() * alerts),
    ...Array.from({ length: Math.floor(random() * 3) }, () => Math.floor(random() * alerts)),
  ]).map((numbers) => [...new Set(numbers)]);
  const order = queue.map((numbers) => ({ numbers, at: random() })).sort((a, b) => a.at - b.at);
  const moments = Array.from({ length: kills }, () => Math.floor(random() * deliveries)).sort(
    (a, b) => a - b,
  );
  let answered = 0;
  let restarting: Promise<void> | undefined;
  const killAndStart = async (afterMs: number): Promise<void> => {
    await pause(afterMs);
    server.process.kill('SIGKILL');
    await server.process.ended;
    killed++;
    server = await start();
    restarting = undefined;
  };
  const tell = async (numbers: readonly number[]): Promise<void> => {
    for (;;) {
      try {
        const answer = await fetch(`${server.origin}/hooks/prod`, {
          method: 'POST',
          headers: { Authorization: 'Bearer right', 'Content-Type': 'application/json' },
          body: JSON.stringify(told(numbers)),
        });
        const { runs } = JSON.parse(await answer.text());
        if (answer.status === 202) {
          if (runs.length !== numbers.length) again.push({ numbers, runs });
          numbers.forEach((number, index) => {
            const run = promised.get(number) ?? runs[index];
            if (run !== runs[index]) again.push({ number, run, instead: runs[index] });
            promised.set(number, run);
          });
          return;
        }
      } catch {
        // It was killed before it had answered, or is not there.
      }
      unanswered++;
      await pause(retryMs);
    }
  };
  const send = async (): Promise<void> => {
    for (let next = order.shift(); next !== undefined; next = order.shift()) {
      await tell(next.numbers);
      answered++;
      const [moment = Number.POSITIVE_INFINITY] = moments;
      if (answered > moment && restarting === undefined) {
        moments.shift();
        restarting = killAndStart(random() * paceMs);
      }
      await pause(random() * paceMs);
    }
  };
  await Promise.all(Array.from({ length: senders }, send));
  await restarting;
  // Those that were to come when it was down.
  while (killed < kills) await killAndStart(random() * paceMs);
  const stateDir = rig.stateFolder;
  const reader = await EmbeddedQueue.open({
    stateDir,
    use: 'read',
    makeRunId: () => runId('none'),
    leaseMs: 1,
  });
  const open = async (): Promise<number> => {
    const parts = await Promise.all(
      (['queued', 'running'] as const).map((status) => reader.runs({ status: [status] }, { limit: 500 })),
    );
    return parts.reduce((sum, { entries }) => sum + entries.length, 0);
  };
  while ((await open()) > 0) await pause(200);
  const kept = await reader.runs({}, { limit: 500 });
  await reader.close();
  const store = new RunStore(stateDir);
  const journals = kept.entries.map(({ id }) => readJournal(store.folder(id).journal).events);
  const count = (type: string): number =>
    journals.reduce((sum, events) => sum + events.filter(({ event }) => event.type === type).length, 0);
  console.log(`${unanswered} tries were not answered; runs were taken up again ${count('RunResumed')} times`);
  expect(again).toEqual([]);
  expect(kept.entries.filter(({ status, exit }) => status !== 'ended' || exit !== 0)).toEqual([]);
  expect({
    killed,
    promised: new Set(promised.values()).size,
    hosts: new Set(kept.entries.map(({ inputs }) => inputs.HOST)).size,
    queued: kept.entries.length,
    folders: readdirSync(join(stateDir, 'runs')).length,
    begun: count('RunStarted'),
    ended: count('RunEnded'),
    passed: count('BlockPassed'),
    lost: [...promised.values()].filter((id) => !kept.entries.some((run) => run.id === id)),
  }).toEqual({
    killed: kills,
    promised: alerts,
    hosts: alerts,
    queued: alerts,
    folders: alerts,
    begun: alerts,
    ended: alerts,
    passed: alerts,
    lost: [],
  });
});
