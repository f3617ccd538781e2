// Owns the words for a queue that does not do what it is asked.
import { errorMessage } from '../../../basics/coded-error.ts';
import { QueueUnavailable } from '../../../engine/queue/run-queue.ts';

/** Why the queue cannot be used; a store that is not there says that of itself. */
export function queueTrouble(error: unknown): string {
  const message = errorMessage(error);
  return error instanceof QueueUnavailable ? message : `the queue cannot be used: ${message}`;
}
