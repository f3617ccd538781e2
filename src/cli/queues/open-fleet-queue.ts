// Owns opening the queue of a fleet.
import { randomBytes } from 'node:crypto';
import { makeRunId } from '../../basics/address.ts';
import { DbosQueue } from '../../engine/queue/dbos-queue.ts';

/** `leaseMs`: how long a worker may be silent. Throws `QueueUnavailable`. */
export function openFleetQueue(url: string, leaseMs: number): Promise<DbosQueue> {
  // What Node thinks of how the engine calls its driver is nothing for operators.
  process.noDeprecation = true;
  return DbosQueue.open({ url, leaseMs, makeRunId: (at) => makeRunId(new Date(at), randomBytes(4)) });
}
