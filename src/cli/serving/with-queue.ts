// Owns what a command does to a queue beside the servers of it: that of this machine, or of a fleet.
import { randomBytes } from 'node:crypto';
import { makeRunId } from '../../basics/address.ts';
import { errorMessage } from '../../basics/coded-error.ts';
import { EmbeddedQueue } from '../../engine/queue/embedded-queue.ts';
import { QueueUnavailable, type RunQueue } from '../../engine/queue/run-queue.ts';
import { exitCode } from '../exit-code.ts';
import { chosenStateFolder } from '../load/open-run-store.ts';
import { databaseAddress } from '../queues/database-address.ts';
import { openFleetQueue } from '../queues/open-fleet-queue.ts';
import { refuse } from '../refusal.ts';

/**
 * Opens the queue for the work, and closes it; it takes on no runs. That of a fleet where the environment names its
 * database. Gives the work's exit code, or says what is in the way.
 */
export async function withQueue(
  stateDir: string | undefined,
  work: (queue: RunQueue) => Promise<number>,
): Promise<number> {
  let queue: RunQueue | undefined;
  try {
    const url = databaseAddress(undefined);
    queue =
      url === undefined
        ? await EmbeddedQueue.open({
            stateDir: chosenStateFolder(stateDir),
            use: 'write',
            makeRunId: (at) => makeRunId(new Date(at), randomBytes(4)),
            leaseMs: 0,
          })
        : await openFleetQueue(url, 0);
    return await work(queue);
  } catch (error) {
    if (!(error instanceof QueueUnavailable)) throw error;
    return refuse({ message: errorMessage(error), status: exitCode.failed });
  } finally {
    await queue?.close();
  }
}
