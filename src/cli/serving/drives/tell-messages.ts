// Owns telling runs what the queue has for them: that they are to stop, or that what has started them is over.
import { hostname } from 'node:os';
import type { PostedCommand } from '../../../engine/inbox/posted-command.ts';
import type { ListedRun, RunStore } from '../../../engine/journal/run-store.ts';
import type { RunMessage, RunQueue } from '../../../engine/queue/run-queue.ts';
import { readRun } from '../../history/read-run.ts';
import { type GiveToRun, giveToRun } from '../../telling/give-to-run.ts';

/** So many are told at once; the rest at the next look. */
const mostAtOnce = 100;

/**
 * Tells each message once; one that could not be told stays for the next time. Gives whether one of the runs has
 * something to go on with. `tell` has what operators of the server should know.
 */
export async function tellMessages(
  store: RunStore,
  queue: RunQueue,
  now: number,
  tell: (line: string) => void,
  give: GiveToRun = giveToRun,
): Promise<boolean> {
  let isWoken = false;
  for (const message of await queue.messages(mostAtOnce)) {
    const found = store.find(message.run);
    // A worker is about to begin it.
    if (!found.ok || !store.hasBegun(found.value.folder)) continue;
    const given = await give(store, found.value, commandFor(store, found.value, message));
    if (given === 'unreachable' || typeof given === 'number') continue;
    if (given !== 'taken') tell(`run ${message.run} was not told that ${message.reason}: ${given.message}`);
    await queue.messageTold(message.id);
    isWoken = (await queue.wake(message.run, now)) || isWoken;
  }
  return isWoken;
}

/** What works is not broken off because its reason is over: its record says so. */
function commandFor(store: RunStore, run: ListedRun, { type, reason }: RunMessage): PostedCommand {
  const host = hostname();
  const isWaiting = !store.isLive(run.folder) && readRun(run.folder)?.state.lifecycle === 'paused';
  return type === 'stop' || (type === 'stop-if-waiting' && isWaiting)
    ? { type: 'StopRun', reason, host }
    : { type: 'AddNote', text: reason, host };
}
