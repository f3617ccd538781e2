// Owns where a server has its runs when they are a fleet's: in a database, whose runs are brought here to be looked at.
import { join } from 'node:path';
import { errorMessage } from '../../../basics/coded-error.ts';
import { DatabaseUnavailable } from '../../../engine/postgres/pg-database.ts';
import type { DbosQueue } from '../../../engine/queue/dbos-queue.ts';
import { fleetState } from '../../../engine/queue/postgres/fleet-state.ts';
import { QueueUnavailable } from '../../../engine/queue/run-queue.ts';
import { MirroredStore } from '../../../engine/replica/mirrored-store.ts';
import { RunMirror } from '../../../engine/replica/run-mirror.ts';
import { openFleetQueue } from '../../queues/open-fleet-queue.ts';
import type { GiveToRun } from '../../telling/give-to-run.ts';
import { RestingWatch } from '../drives/resting-watch.ts';
import type { PlaceOfRuns, ServedParts, ServedWorker } from '../drives/runs-here.ts';
import { tellMessages } from '../drives/tell-messages.ts';
import { FleetClock } from './fleet-clock.ts';
import { FleetWorker, missedBeats } from './fleet-worker.ts';
import { lookWord } from './hand-posted.ts';
import { OwnState } from './own-state.ts';
import { postToRun } from './post-to-run.ts';
import { fleetMetrics } from './render-fleet.ts';

/** Runs are brought so often. */
const bringMs = 500;
const restedMs = 10_000;
const tidiedMs = 3_600_000;
/** Whoever takes a run meanwhile looks at what has come due in it. */
const lookForMs = 60_000;

interface OpenParts {
  readonly url: string;
  readonly stateDir: string;
  /** Between two signs of life of its worker. */
  readonly beatMs: number;
  readonly now: () => number;
  readonly tell: (line: string) => void;
}

export class RunsOfFleet implements PlaceOfRuns {
  readonly queue: DbosQueue;
  readonly store: MirroredStore;
  readonly asksAlways = true;
  readonly now: () => number;
  readonly #parts: OpenParts;
  readonly #clock: FleetClock;
  readonly #mirror: RunMirror;
  readonly #resting: RestingWatch;
  #own: OwnState | undefined;
  readonly #bringing: NodeJS.Timeout;
  #going: Promise<void> = Promise.resolve();
  #isGoing = false;
  #trouble = '';
  readonly #noted = new Set<number>();
  #restedAt = 0;
  #tidiedAt = 0;

  private constructor(queue: DbosQueue, clock: FleetClock, parts: OpenParts) {
    this.queue = queue;
    this.store = new MirroredStore(join(parts.stateDir, 'mirror'));
    this.now = clock.now;
    this.#clock = clock;
    this.#parts = parts;
    this.#mirror = new RunMirror(queue.database, this.store);
    this.#resting = new RestingWatch(this.store, parts.tell, async (run) => {
      await queue.posted.post(run.id, lookWord, lookForMs);
      await queue.wake(run.id, this.now());
      return 'later';
    });
    this.#bringing = setInterval(() => this.#bring(), bringMs);
    this.#bring();
  }

  /** Throws `QueueUnavailable`. */
  static async open(parts: OpenParts): Promise<RunsOfFleet> {
    const queue = await openFleetQueue(parts.url, parts.beatMs * missedBeats);
    return new RunsOfFleet(queue, await FleetClock.open(queue, parts.now), parts);
  }

  /** To the worker that has the run, or the next one that takes it. */
  give: GiveToRun = async (_store, { id }, command) => {
    try {
      return await postToRun(this.queue, id, command, this.now);
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable || error instanceof QueueUnavailable)) throw error;
      this.#parts.tell(`run ${id} could not be answered: ${errorMessage(error)}`);
      return 'unreachable';
    }
  };

  workerOf({ pageOf, slots, queues, ...settings }: ServedParts): ServedWorker {
    const { url, stateDir, beatMs, tell } = this.#parts;
    this.#own = OwnState.make(stateDir);
    const own = this.#own.folder;
    const worker = new FleetWorker({
      ...{ queue: this.queue, url, stateDir: own, beatMs, pageOf, slots, queues, clock: this.#clock, tell },
      settings: { ...settings, stateDir: own },
    });
    return {
      get busy() {
        return worker.busy;
      },
      start: async () => {
        try {
          await worker.start();
          return undefined;
        } catch (error) {
          if (!(error instanceof DatabaseUnavailable || error instanceof QueueUnavailable)) throw error;
          return `the database cannot be used: ${errorMessage(error)}`;
        }
      },
      // The engine hands out what the transaction of a change has offered.
      wake: () => {},
      end: (hurry) => worker.end(hurry),
    };
  }

  async look(at: number): Promise<boolean> {
    const { store, queue, give } = this;
    const isTold = await tellMessages({ store, queue, give, tell: this.#parts.tell, noted: this.#noted }, at);
    if (at - this.#restedAt >= restedMs) {
      this.#restedAt = at;
      await this.#resting.look(at);
    }
    return isTold;
  }

  /** Runs and their records go together, when somebody says so. */
  tidy(before: number, most: number): Promise<boolean> {
    return this.queue.tidyEvents(before, most);
  }

  async metrics(): Promise<readonly string[]> {
    return fleetMetrics(await fleetState(this.queue.database, this.#parts.beatMs * missedBeats));
  }

  async close(): Promise<void> {
    clearInterval(this.#bringing);
    await this.#going;
    await this.queue.close();
    this.#own?.remove();
  }

  /** What goes wrong is told once, and tried again. */
  #bring(): void {
    if (this.#isGoing) return;
    this.#isGoing = true;
    this.#going = this.#bringOnce()
      .then(() => {
        this.#trouble = '';
      })
      .catch((error: unknown) => {
        const trouble = errorMessage(error);
        if (trouble !== this.#trouble)
          this.#parts.tell(`the runs of the fleet cannot be brought: ${trouble}`);
        this.#trouble = trouble;
      })
      .finally(() => {
        this.#isGoing = false;
      });
  }

  async #bringOnce(): Promise<void> {
    await this.#mirror.look();
    await this.#clock.look();
    if (this.now() - this.#tidiedAt < tidiedMs) return;
    this.#tidiedAt = this.now();
    await this.#mirror.tidy();
  }
}
