// Tests that what was said to a run that rests is not lost where the queue cannot be used at that moment.
import { expect, it } from 'vitest';
import { runId } from '../../../../src/basics/address.ts';
import { wakeResting } from '../../../../src/cli/serving/drives/wake-resting.ts';
import { RunStore } from '../../../../src/engine/journal/run-store.ts';
import { EmbeddedQueue } from '../../../../src/engine/queue/embedded-queue.ts';
import { QueueUnavailable } from '../../../../src/engine/queue/run-queue.ts';
import { Rig } from '../../../e2e/rig.ts';

it('looks once more at what it could not have taken up', async () => {
  const rig = await Rig.create();
  const stateDir = rig.stateFolder;
  const id = runId('20261130-000000-abcd');
  const queue = await EmbeddedQueue.open({ stateDir, use: 'write', leaseMs: 20_000, makeRunId: () => id });
  const request = {
    runbook: { path: 'page.md' },
    inputs: {},
    may: 'change',
    whenResolved: 'ignore',
  } as const;
  await queue.startRun({ key: 'k', request, person: 'bob', via: 'page', at: 1 });
  await queue.claim('w', ['default'], 1);
  await rig.write('page.md', '# Tell\n\n## Steps\n\n### Tell the team\n\nSay what is done.\n');
  const run = ['run', 'page.md', '--yes', '--no-wait', '--served-by', 'x', '--run-id', id];
  expect((await rig.run(run)).exitCode).toBe(5);
  await queue.rest({ run: id, epoch: 1 }, { reason: 'waits' });
  const store = new RunStore(stateDir);
  const seen = new Map<string, number>();
  expect([await wakeResting(store, queue, seen, 2), seen.size]).toEqual([false, 1]);
  expect((await rig.run(['answer', id, 'tell-the-team', 'done'])).exitCode).toBe(0);
  // It can be looked at, and not written to.
  const kept = await EmbeddedQueue.openToRead(stateDir);
  await expect(wakeResting(store, kept, seen, 3)).rejects.toThrow(QueueUnavailable);
  await kept.close();
  expect([await wakeResting(store, queue, seen, 4), await wakeResting(store, queue, seen, 5)]).toEqual([
    true,
    false,
  ]);
  await queue.close();
});
