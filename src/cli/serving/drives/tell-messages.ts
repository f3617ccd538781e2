// Owns telling runs what the queue has for them: that they are to stop, or that what has started them is over.
import { hostname } from 'node:os';
import type { PostedCommand } from '../../../engine/inbox/posted-command.ts';
import type { ListedRun, RunStore } from '../../../engine/journal/run-store.ts';
import type { RunMessage, RunQueue } from '../../../engine/queue/run-queue.ts';
import { readRun } from '../../history/read-run.ts';
import { type GiveToRun, giveToRun } from '../../telling/give-to-run.ts';
import { isToGoOn } from './rest-of.ts';

/** So many are told at once; the rest at the next look. */
const mostAtOnce = 100;

/** What a look needs of the server. */
export interface MessageParts {
  readonly store: RunStore;
  readonly queue: RunQueue;
  /** Told what operators of the server should know. */
  readonly tell: (line: string) => void;
  /** The messages whose runs know by a note that they are to stop, and have not come to rest since. */
  readonly noted: Set<number>;
  readonly give?: GiveToRun;
}

/**
 * Tells each message once; one that could not be told stays for the next time, and so does the word to stop of a run
 * that is at work: it holds when that comes to rest. Gives whether one of the runs has something to go on with.
 */
export async function tellMessages(parts: MessageParts, now: number): Promise<boolean> {
  const { store, queue, tell, noted, give = giveToRun } = parts;
  let isWoken = false;
  const messages = await queue.messages(mostAtOnce + noted.size);
  const there = new Set(messages.map(({ id }) => id));
  for (const id of noted) if (!there.has(id)) noted.delete(id);
  for (const message of messages) {
    const found = store.find(message.run);
    // A worker is about to begin it.
    if (!found.ok || !store.hasBegun(found.value.folder)) continue;
    const command = commandFor(store, found.value, message, noted, now);
    if (command === 'later') continue;
    const given = await give(store, found.value, command);
    if (given === 'unreachable' || typeof given === 'number') continue;
    // It was taken up just now.
    if (given !== 'taken' && given.code === 'at-work') continue;
    if (given !== 'taken') tell(`run ${message.run} was not told that ${message.reason}: ${given.message}`);
    if (message.type === 'stop-if-waiting' && command.type === 'AddNote') noted.add(message.id);
    else await queue.messageTold(message.id);
    isWoken = (await queue.wake(message.run, now)) || isWoken;
  }
  return isWoken;
}

/** What works is not broken off because its reason is over: its record says so, and it is stopped where it rests. */
function commandFor(
  store: RunStore,
  { folder }: ListedRun,
  { id, type, reason, status }: RunMessage,
  noted: Set<number>,
  now: number,
): PostedCommand | 'later' {
  const host = hostname();
  const stop: PostedCommand = { type: 'StopRun', reason, host };
  const note: PostedCommand = { type: 'AddNote', text: reason, host };
  if (type !== 'stop-if-waiting') return type === 'stop' ? stop : note;
  const stopAtRest: PostedCommand = { ...stop, atRest: true };
  const isLive = store.isLive(folder);
  if (isLive && noted.has(id)) return 'later';
  const state = readRun(folder)?.state;
  // The queue takes back what is left for one that has ended.
  if (state?.lifecycle === 'ended') return 'later';
  // One that is about to be taken up does not wait for anybody.
  if (!isLive && state?.lifecycle === 'paused')
    return status === 'resting' && !isToGoOn(state, true, now) ? stopAtRest : 'later';
  if (!noted.has(id) && !state?.notes.some(({ text }) => text === reason)) return note;
  noted.add(id);
  return 'later';
}
