// Owns noticing that something was said to a resting run by another way than the page.
import type { RunStore } from '../../../engine/journal/run-store.ts';
import type { RunQueue } from '../../../engine/queue/run-queue.ts';
import { readRun } from '../../history/read-run.ts';
import { isToGoOn } from './rest-of.ts';

/**
 * Looks at all resting runs; gives whether one of them was woken, so that a worker looks whether it is to go on. `seen`
 * has how long their journals were when somebody looked at them last; one that nobody has looked at yet is read.
 */
export async function wakeResting(
  store: RunStore,
  queue: RunQueue,
  seen: Map<string, number>,
  now: number,
): Promise<boolean> {
  const { entries } = await queue.runs({ status: ['resting'] }, { limit: 500 });
  const resting = new Set(entries.map(({ id }) => id as string));
  for (const id of seen.keys()) if (!resting.has(id)) seen.delete(id);
  let isWoken = false;
  for (const { id } of entries) {
    const folder = store.folder(id);
    const size = store.journalSize(folder);
    const before = seen.get(id);
    // What is written while a person works on it at a terminal is theirs.
    if (size === before || store.isLive(folder)) continue;
    const state = before === undefined && store.hasBegun(folder) ? readRun(folder)?.state : undefined;
    const isOver = state?.lifecycle === 'ended';
    if (before !== undefined || isOver || (state !== undefined && isToGoOn(state, true, now)))
      isWoken = (await queue.wake(id, now)) || isWoken;
    // Last: where the queue cannot be used now, it is looked at once more.
    seen.set(id, size);
  }
  return isWoken;
}
