// Owns where a server has its runs: in the state folder of this machine and its queue, beside runs of terminals.
import { randomBytes } from 'node:crypto';
import { makeRunId } from '../../../basics/address.ts';
import { RunStore } from '../../../engine/journal/run-store.ts';
import { EmbeddedQueue } from '../../../engine/queue/embedded-queue.ts';
import type { RunQueue } from '../../../engine/queue/run-queue.ts';
import { type GiveToRun, giveToRun } from '../../telling/give-to-run.ts';
import { tellBrokenOff } from '../../telling/tell-broken-off.ts';
import { RestingWatch } from './resting-watch.ts';
import { RunWorker, type WorkerParts } from './run-worker.ts';
import { tellMessages } from './tell-messages.ts';
import { wakeResting } from './wake-resting.ts';

/** What a server says of the worker that it has itself. */
export type ServedParts = Pick<WorkerParts, 'pageOf' | 'slots' | 'queues'> &
  Pick<WorkerParts['settings'], 'program' | 'servedBy' | 'withheld' | 'onEnd'>;

/** The worker of a server. */
export interface ServedWorker {
  /** Runs that it drives now. */
  readonly busy: number;
  /** Gives why it cannot begin, in words. */
  start(): Promise<string | undefined>;
  /** Something was put into the queue. */
  wake(): void;
  end(hurry: AbortSignal): Promise<void>;
}

/** Where a server has its runs. */
export interface PlaceOfRuns {
  readonly queue: RunQueue;
  /** Folders of runs that are looked at. */
  readonly store: RunStore;
  readonly give: GiveToRun;
  /** Whether people are asked also by a server that has no worker: no other server asks them. */
  readonly asksAlways: boolean;
  /** The time that its workers go by, in milliseconds since 1970. */
  readonly now: () => number;
  workerOf(parts: ServedParts): ServedWorker;
  /** Sees to what comes due in runs that rest; gives whether there is something to work on. */
  look(at: number, hasWorker: boolean): Promise<boolean>;
  /** Takes away what the queue has kept from before a time, `most` of each kind; true where more is left. */
  tidy(before: number, most: number): Promise<boolean>;
  /** More lines for monitors. */
  metrics(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** A worker that says nothing for so long has died. */
const leaseMs = 20_000;
/** All runs that rest are gone through so often: there may be many. */
const restedMs = 10_000;

export class RunsHere implements PlaceOfRuns {
  readonly queue: RunQueue;
  readonly store: RunStore;
  readonly give = giveToRun;
  readonly asksAlways = false;
  readonly now: () => number;
  readonly #stateDir: string;
  readonly #tell: (line: string) => void;
  readonly #resting: RestingWatch;
  /** How long the journals of resting runs were when they were looked at last. */
  readonly #seen = new Map<string, number>();
  readonly #noted = new Set<number>();
  #restedAt = 0;
  #minute = Number.NaN;

  private constructor(queue: RunQueue, { stateDir, now, tell }: Parameters<typeof RunsHere.open>[0]) {
    this.queue = queue;
    this.store = new RunStore(stateDir);
    this.now = now;
    this.#stateDir = stateDir;
    this.#tell = tell;
    this.#resting = new RestingWatch(this.store, tell);
  }

  /** Throws `QueueUnavailable`. */
  static async open(parts: {
    readonly stateDir: string;
    readonly now: () => number;
    readonly tell: (line: string) => void;
  }): Promise<RunsHere> {
    const { stateDir } = parts;
    const makeId = (at: number) => makeRunId(new Date(at), randomBytes(4));
    return new RunsHere(
      await EmbeddedQueue.open({ stateDir, use: 'write', makeRunId: makeId, leaseMs }),
      parts,
    );
  }

  workerOf({ pageOf, slots, queues, ...settings }: ServedParts): ServedWorker {
    const worker = new RunWorker({
      ...{ queue: this.queue, store: this.store, pageOf, slots, queues },
      settings: { ...settings, stateDir: this.#stateDir },
      ...{ seen: this.#seen, now: this.now, tell: this.#tell },
    });
    return {
      get busy() {
        return worker.busy;
      },
      start: async () => {
        worker.start();
        return undefined;
      },
      wake: () => worker.wake(),
      end: (hurry) => worker.end(hurry),
    };
  }

  async look(at: number, hasWorker: boolean): Promise<boolean> {
    const { queue, store } = this;
    const isTold = await tellMessages({ store, queue, tell: this.#tell, noted: this.#noted }, at);
    if (at - this.#restedAt >= restedMs) {
      this.#restedAt = at;
      await this.#resting.look(at);
    }
    // Runs of which no process and no server knows that they have broken off.
    if (this.#minute !== Math.floor(at / 60_000)) await tellBrokenOff(store);
    this.#minute = Math.floor(at / 60_000);
    const isWoken = hasWorker && (await wakeResting(store, queue, this.#seen, at));
    return isTold || isWoken;
  }

  tidy(before: number, most: number): Promise<boolean> {
    return this.queue.tidy(before, most);
  }

  async metrics(): Promise<readonly string[]> {
    return [];
  }

  close(): Promise<void> {
    return this.queue.close();
  }
}
