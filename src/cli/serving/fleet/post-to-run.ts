// Owns posting a command to a run of a fleet, wherever that is, and waiting for what it says.
import { setTimeout } from 'node:timers/promises';
import type { RunId } from '../../../basics/address.ts';
import type { PostedCommand } from '../../../engine/inbox/posted-command.ts';
import type { RemoteAnswer } from '../../../engine/inbox/remote-command.ts';
import type { DbosQueue } from '../../../engine/queue/dbos-queue.ts';

/** So long a worker may need to take it, and after that to answer. */
const takenMs = 15_000;
const answeredMs = 30_000;
const lookMs = 150;
/** A run that has come to its rest meanwhile is woken. */
const wakeMs = 1_000;

/**
 * Posts it. Where no worker takes it in time it is taken back, so that it cannot surprise a later one. Throws what the
 * database throws.
 */
export async function postToRun(
  queue: DbosQueue,
  run: RunId,
  command: PostedCommand,
  now: () => number,
): Promise<RemoteAnswer> {
  const { posted } = queue;
  const id = await posted.post(run, JSON.stringify({ ...command, run }), takenMs);
  const begunAt = performance.now();
  let wokenAt = Number.NEGATIVE_INFINITY;
  for (;;) {
    const state = await posted.stateOf(id);
    if (state.type === 'answered') return JSON.parse(state.answer) as RemoteAnswer;
    if (state.type === 'gone') return 'unreachable';
    const waitedMs = performance.now() - begunAt;
    if (state.type === 'waiting') {
      if (waitedMs >= takenMs && (await posted.withdraw(id))) return 'unreachable';
      if (waitedMs - wokenAt >= wakeMs) {
        wokenAt = waitedMs;
        if ((await queue.run(run))?.status === 'resting') await queue.wake(run, now());
      }
    }
    // Its worker may have died with it, before the run has recorded it or after.
    if (waitedMs >= takenMs + answeredMs)
      return { code: 'not-known', message: 'it is not known whether the run has taken it: its page tells' };
    await setTimeout(lookMs);
  }
}
