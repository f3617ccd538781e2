// Tests that what was said to a run that rests is not lost where the queue cannot be used at that moment.
import { expect, it } from 'vitest';
import { wakeResting } from '../../../../src/cli/serving/drives/wake-resting.ts';
import { EmbeddedQueue } from '../../../../src/engine/queue/embedded-queue.ts';
import { QueueUnavailable } from '../../../../src/engine/queue/run-queue.ts';
import { Rig } from '../../../e2e/rig.ts';
import { queuedRun } from './queued-run.ts';

it('looks once more at what it could not have taken up', async () => {
  const rig = await Rig.create();
  const { id, queue, store } = await queuedRun(rig);
  await queue.claim('w', ['default'], 1);
  await rig.write('page.md', '# Tell\n\n## Steps\n\n### Tell the team\n\nSay what is done.\n');
  const run = ['run', 'page.md', '--yes', '--no-wait', '--served-by', 'x', '--run-id', id];
  expect((await rig.run(run)).exitCode).toBe(5);
  await queue.rest({ run: id, epoch: 1 }, { reason: 'waits' });
  const seen = new Map<string, number>();
  expect([await wakeResting(store, queue, seen, 2), seen.size]).toEqual([false, 1]);
  expect((await rig.run(['answer', id, 'tell-the-team', 'done'])).exitCode).toBe(0);
  // It can be looked at, and not written to.
  const kept = await EmbeddedQueue.openToRead(rig.stateFolder);
  await expect(wakeResting(store, kept, seen, 3)).rejects.toThrow(QueueUnavailable);
  await kept.close();
  expect([await wakeResting(store, queue, seen, 4), await wakeResting(store, queue, seen, 5)]).toEqual([
    true,
    false,
  ]);
  await queue.close();
});
