// A program for a test: takes in one delivery after the other, from the number behind the last that the queue holds,
// until it is killed, and says each delivery's number once the queue has kept it. Each tells a new event, and the one
// before it again.
import { writeSync } from 'node:fs';
import { runId } from '../../../src/basics/address.ts';
import { EmbeddedQueue } from '../../../src/engine/queue/embedded-queue.ts';
import { alert, request } from './example-event.ts';

const stateDir = process.argv[2] ?? '';
let asked = 0;
const makeRunId = () => runId(`${process.pid}-${asked++}`);
const queue = await EmbeddedQueue.open({ stateDir, use: 'write', makeRunId, leaseMs: 1_000 });
const [last] = (await queue.events({}, { limit: 1 })).entries;

const told = (number: number) => ({
  event: alert({ key: String(number) }),
  decisions: [{ type: 'start', rule: 'on[0]', request: request() } as const],
});
for (let number = (last?.id ?? 0) + 1; ; number += 4) {
  // Four that arrive together.
  const together = [number, number + 1, number + 2, number + 3].map(async (one) => {
    await queue.accept({
      events: [told(one), told(Math.max(1, one - 1))],
      raw: new Uint8Array(3_000),
      at: one,
    });
    writeSync(1, `${one}\n`);
  });
  await Promise.all(together);
}
