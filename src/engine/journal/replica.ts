// Owns that a run of a fleet is recorded where its machine is not: the worker that has started this process keeps what it
// writes in the database of the fleet.
import { JournalWriteFailure } from './journal-write-failure.ts';

/** What a worker says to a process that it starts, as JSON in a variable of its environment. */
export interface ReplicaOrder {
  /** By whom the run is driven now. */
  readonly worker: string;
  /** How often a worker has taken the run, this time included. */
  readonly epoch: number;
  /** The worker that has recorded last in it, where that is another one. */
  readonly from?: string;
}

/** The variable; blocks do not see it. */
export const replicaVariable = 'RUNSHEET_REPLICA';

/** What the process asks its worker for: to keep the journal up to a length in bytes, and the files of its run. */
export interface CommitRequest {
  readonly type: 'commit';
  readonly number: number;
  readonly size: number;
}

/** `refused` says in words why it was not kept; absent where it was. */
export interface CommitAnswer {
  readonly type: 'committed';
  readonly number: number;
  readonly refused?: string;
}

/** Where what is recorded is kept a second time. */
export interface Replica {
  readonly order: ReplicaOrder;
  /** Resolves when the first `size` bytes of the journal are kept; rejects with why not. */
  commit(size: number): Promise<void>;
}

let ours: Replica | undefined;

/** The replica that this process was started with; undefined where it is no process of a worker. */
export function replicaOfProcess(): Replica | undefined {
  const text = process.env[replicaVariable];
  if (text === undefined) return ours;
  delete process.env[replicaVariable];
  ours = new ParentReplica(JSON.parse(text));
  return ours;
}

const gone = 'the worker of this run has ended';

class ParentReplica implements Replica {
  readonly order: ReplicaOrder;
  readonly #waiting = new Map<number, (refused: string | undefined) => void>();
  #last = 0;

  constructor(order: ReplicaOrder) {
    this.order = order;
    process.on('message', (message: CommitAnswer) => this.#settle(message.number, message.refused));
    process.on('disconnect', () => {
      for (const number of this.#waiting.keys()) this.#settle(number, gone);
    });
    // The run keeps the process alive, and not its worker.
    process.channel?.unref();
  }

  commit(size: number): Promise<void> {
    const number = ++this.#last;
    const request: CommitRequest = { type: 'commit', number, size };
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, (refused) =>
        refused === undefined ? resolve() : reject(new Error(refused)),
      );
      if (process.send === undefined || !process.connected) this.#settle(number, gone);
      else process.send(request, (error) => error && this.#settle(number, gone));
    });
  }

  #settle(number: number, refused: string | undefined): void {
    const settle = this.#waiting.get(number);
    this.#waiting.delete(number);
    settle?.(refused);
  }
}

/** Turns why something was not kept into the failure that stops a run where it is. */
export function notKept(path: string, error: unknown): JournalWriteFailure {
  return new JournalWriteFailure(path, error instanceof Error ? error.message : String(error), false, error);
}
