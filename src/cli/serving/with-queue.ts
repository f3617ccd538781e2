// Owns what a command does to the queue of this machine beside the server that works on it.
import { randomBytes } from 'node:crypto';
import { makeRunId } from '../../basics/address.ts';
import { errorMessage } from '../../basics/coded-error.ts';
import { EmbeddedQueue } from '../../engine/queue/embedded-queue.ts';
import { QueueUnavailable, type RunQueue } from '../../engine/queue/run-queue.ts';
import { exitCode } from '../exit-code.ts';
import { chosenStateFolder } from '../load/open-run-store.ts';
import { refuse } from '../refusal.ts';

/** Opens the queue for the work, and closes it; it takes on no runs. Gives the work's exit code, or says what is in the way. */
export async function withQueue(
  stateDir: string | undefined,
  work: (queue: RunQueue) => Promise<number>,
): Promise<number> {
  let queue: RunQueue | undefined;
  try {
    queue = await EmbeddedQueue.open({
      stateDir: chosenStateFolder(stateDir),
      use: 'write',
      makeRunId: (at) => makeRunId(new Date(at), randomBytes(4)),
      leaseMs: 0,
    });
    return await work(queue);
  } catch (error) {
    if (!(error instanceof QueueUnavailable)) throw error;
    return refuse({ message: errorMessage(error), status: exitCode.failed });
  } finally {
    await queue?.close();
  }
}
