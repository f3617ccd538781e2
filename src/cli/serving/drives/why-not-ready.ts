// Owns whether a server can work: only what can be written down can be promised.
import type { RunQueue } from '../../../engine/queue/run-queue.ts';
import { queueTrouble } from './queue-trouble.ts';

/** Monitors ask often, and anybody may: nothing is written for each of them. */
const betweenMs = 5_000;

/** Gives what says why the queue cannot be written to, by a try that is so old at most; undefined while it can. */
export function whyNotReady(
  queue: Pick<RunQueue, 'setMark'>,
  now: () => number,
): () => Promise<string | undefined> {
  let last: { readonly at: number; readonly why: Promise<string | undefined> } | undefined;
  const tryIt = async (at: number): Promise<string | undefined> => {
    try {
      await queue.setMark('ready', String(at));
      return undefined;
    } catch (error) {
      return queueTrouble(error);
    }
  };
  return () => {
    const at = now();
    if (last === undefined || at - last.at >= betweenMs || at < last.at) last = { at, why: tryIt(at) };
    return last.why;
  };
}
