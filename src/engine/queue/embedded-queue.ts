// Owns the queue of one machine: a SQLite file in the state folder.
import { join } from 'node:path';
import { runId } from '../../basics/address.ts';
import { SqlFile } from './embedded/sql-file.ts';
import { type QueueRules, SqlQueue } from './sql-queue.ts';

export interface EmbeddedQueueOptions extends QueueRules {
  /** The state folder; the queue has the folder `queue` in it, for its owner alone. */
  readonly stateDir: string;
  /** `read` neither makes nor changes anything, for a process beside the server. */
  readonly use: 'write' | 'read';
}

export class EmbeddedQueue extends SqlQueue {
  /** Throws `QueueUnavailable` where there is none or it cannot be used, `UnsafeFolder` where others may write there. */
  static async open(options: EmbeddedQueueOptions): Promise<EmbeddedQueue> {
    return new EmbeddedQueue(await SqlFile.open(join(options.stateDir, 'queue'), options.use), options);
  }

  /** Looks only: makes no runs, and is no worker. */
  static openToRead(stateDir: string): Promise<EmbeddedQueue> {
    return EmbeddedQueue.open({ stateDir, use: 'read', makeRunId: () => runId(''), leaseMs: 0 });
  }
}
