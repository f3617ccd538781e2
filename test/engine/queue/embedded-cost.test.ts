import { expect, test } from 'vitest';
import { EmbeddedQueue } from '../../../src/engine/queue/embedded-queue.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { alert, request } from './example-event.ts';
import { countingIds } from './run-queue-contract.ts';

const open = (stateDir: string) =>
  EmbeddedQueue.open({ stateDir, use: 'write', makeRunId: countingIds(), leaseMs: 1_000 });
const told = (key: string) => ({
  event: alert({ key }),
  decisions: [{ type: 'start', rule: 'on[0]', request: request() } as const],
});
const raw = new Uint8Array(2_000);

async function timeOf(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

test('a page of the list of 3,000 runs comes as soon as one of 10', async () => {
  const stateDir = temporaryFolder();
  const queue = await open(stateDir);
  const add = async (count: number, from: number) => {
    const events = Array.from({ length: count }, (_, index) => told(`${from + index}`)).map((one, index) => ({
      ...one,
      decisions: one.decisions.map((decision) => ({ ...decision, rule: `on[${(from + index) % 20}]` })),
    }));
    await queue.accept({ events, raw, at: from });
  };
  const looks = async () => {
    const times: number[] = [];
    for (let tries = 0; tries < 15; tries++)
      times.push(
        await timeOf(async () => {
          await queue.runs({}, { limit: 10 });
          await queue.runs({ status: ['queued'] }, { limit: 10 });
          await queue.runs({ runbook: 'disk.md' }, { limit: 10 });
          await queue.events({ led: true }, { limit: 10 });
          await queue.nextDue(['default'], 10_000_000);
        }),
      );
    // What the machine does beside it only lengthens a try.
    return Math.min(...times);
  };
  await add(10, 0);
  const few = await looks();
  for (let from = 10; from < 3_000; from += 999) await add(999, from);
  expect(await looks()).toBeLessThan(5 * few);
  await queue.close();
});
