// Owns a worker of a fleet: it is handed runs by the engine, drives each in a process of its own, and sees to it that
// those of workers that have died go on.
import { type RunId, runId } from '../../../basics/address.ts';
import { errorMessage } from '../../../basics/coded-error.ts';
import { RunStore } from '../../../engine/journal/run-store.ts';
import type { DbosQueue } from '../../../engine/queue/dbos-queue.ts';
import { type EngineWorker, startEngineWorker } from '../../../engine/queue/postgres/durable-engine.ts';
import { toolVersion } from '../../tool-version.ts';
import { type RunAway, RunWorker, type WorkerParts } from '../drives/run-worker.ts';
import { fetchAway } from './fetch-away.ts';
import type { FleetClock } from './fleet-clock.ts';

/** What a worker of a fleet is made of. */
export interface FleetParts
  extends Omit<WorkerParts, 'queue' | 'store' | 'fetch' | 'seen' | 'now' | 'sayAlive'> {
  readonly queue: DbosQueue;
  readonly clock: FleetClock;
  readonly url: string;
  /** Its own, for this life of the process: what is in it is a copy of what the database has. */
  readonly stateDir: string;
  readonly beatMs: number;
}

/** So often it looks for what has come due, and for what is to be told to its runs. */
const lookMs = 1_000;
/** Whoever has missed so many beats has died. */
export const missedBeats = 3;
/** Whose beats are further apart was silent itself; less than a lease, since another's last beat may be a beat older. */
const lateBeats = missedBeats - 1;

export class FleetWorker {
  readonly #parts: FleetParts;
  readonly #worker: RunWorker;
  readonly #store: RunStore;
  /** Runs that it has in its hands, from the moment in which they are asked for. */
  readonly #held = new Set<RunId>();
  readonly #away = new Map<RunId, RunAway>();
  #engine: EngineWorker | undefined;
  #isOpen = true;
  #timers: NodeJS.Timeout[] = [];
  /** Since when each of its beats has come in time and reached the database; of a clock that nobody sets. */
  #soundSince = Number.POSITIVE_INFINITY;
  /** When the last one did. */
  #beatLast = Number.NEGATIVE_INFINITY;
  #taken = 0;
  #idleSince = performance.now();

  constructor(parts: FleetParts) {
    this.#parts = parts;
    this.#store = new RunStore(parts.stateDir);
    const { now, look } = parts.clock;
    this.#worker = new RunWorker({
      ...parts,
      now,
      sayAlive: async (id) => parts.queue.beat(id, await look()),
      store: this.#store,
      seen: new Map(),
      fetch: async (claimed) => {
        const { queue, tell } = parts;
        const away = await fetchAway({ queue, worker: this.id, store: this.#store, now, tell }, claimed);
        this.#away.set(claimed.run.id, away);
        return away;
      },
    });
  }

  get id(): string {
    return this.#worker.id;
  }

  /** How many runs it drives now. */
  get busy(): number {
    return this.#held.size;
  }

  /** How many runs it has taken since it began. */
  get taken(): number {
    return this.#taken;
  }

  /** For how long it has had none. */
  get idleMs(): number {
    return this.#held.size > 0 ? 0 : performance.now() - this.#idleSince;
  }

  /** Begins to be handed runs. Throws `DatabaseUnavailable`. */
  async start(): Promise<void> {
    const { url, queues, slots, queue, clock, beatMs } = this.#parts;
    await queue.beat(this.id, await clock.look());
    await queue.describeWorker(this.id, { queues, slots, version: toolVersion });
    this.#worker.beat();
    this.#engine = await startEngineWorker({
      ...{ url, queues, slots, worker: this.id },
      drive: (run) => this.#drive(runId(run)),
    });
    this.#every(lookMs, () => queue.offer());
    this.#every(lookMs, () => this.#handOut());
    this.#every(lookMs, () => Promise.all([...this.#away.values()].map((away) => away.keepPrinted())));
    this.#every(beatMs, () => this.#sweep());
  }

  /** Takes no more runs; see `RunWorker.end`. */
  async end(hurry: AbortSignal): Promise<void> {
    this.#isOpen = false;
    for (const timer of this.#timers) clearInterval(timer);
    await this.#worker.end(hurry);
    await this.#engine?.stop().catch((error: unknown) => this.#parts.tell(errorMessage(error)));
  }

  /** Stops being handed runs; those that it has go on. */
  close(): void {
    this.#isOpen = false;
  }

  /** Does it again and again, never twice at once; what goes wrong is tried again. */
  #every(ms: number, work: () => Promise<unknown>): void {
    let isGoing = false;
    const timer = setInterval(() => {
      if (isGoing) return;
      isGoing = true;
      work()
        .catch((error: unknown) =>
          this.#parts.tell(`the fleet cannot be looked after: ${errorMessage(error)}`),
        )
        .finally(() => {
          isGoing = false;
        });
    }, ms);
    this.#timers.push(timer);
  }

  async #drive(run: RunId): Promise<void> {
    const { queue, slots, queues, clock, tell } = this.#parts;
    // The engine counts each queue for itself, and it has the same number for all workers.
    if (!this.#isOpen || this.#held.size >= slots || this.#held.has(run)) return queue.decline(run);
    this.#held.add(run);
    try {
      const claimed = await queue.claimOne(this.id, run, queues, await clock.look());
      if (claimed === undefined) return await queue.decline(run);
      this.#taken++;
      await this.#worker.take(claimed);
    } catch (error) {
      tell(`run ${run} could not be taken: ${errorMessage(error)}`);
    } finally {
      this.#held.delete(run);
      this.#away.delete(run);
      this.#idleSince = performance.now();
    }
  }

  /** Gives to its runs what others have posted for them while they go on. */
  async #handOut(): Promise<void> {
    const waiting = await this.#parts.queue.posted.waitingFor([...this.#away.keys()]);
    await Promise.all([...waiting].map((run) => this.#away.get(run)?.handPosted()));
  }

  /**
   * Has the runs of those that have died go on. Whoever could not beat itself does not judge others: the database may
   * have been away, or this machine stood still, and with it perhaps those of the others.
   */
  async #sweep(): Promise<void> {
    const { queue, clock, beatMs } = this.#parts;
    const leaseMs = beatMs * missedBeats;
    let at: number;
    try {
      at = await clock.look();
      await queue.beat(this.id, at);
    } catch (error) {
      this.#soundSince = Number.POSITIVE_INFINITY;
      throw error;
    }
    const now = performance.now();
    const isInTime = now - this.#beatLast <= lateBeats * beatMs;
    this.#soundSince = isInTime ? Math.min(this.#soundSince, now) : now;
    this.#beatLast = now;
    if (now - this.#soundSince < leaseMs || this.#engine === undefined) return;
    await this.#giveBackForgotten();
    const workers = await queue.workers();
    const living = new Set(workers.filter(({ beatAt }) => beatAt > at - leaseMs).map(({ worker }) => worker));
    await this.#engine.handOn(living);
    const tickets = await queue.tickets(at);
    const open = await this.#engine.openOf(tickets);
    const lost = tickets.filter(({ run }) => !open.has(run)).map(({ run }) => runId(run));
    if (lost.length > 0) await queue.offerAnew(lost);
  }

  /** Its own runs that it could not give back when their processes had ended. */
  async #giveBackForgotten(): Promise<void> {
    const { queue, clock } = this.#parts;
    const { entries } = await queue.runs({ status: ['running'] }, { limit: 500 });
    for (const { id, epoch, worker } of entries)
      if (worker === this.id && !this.#held.has(id))
        await queue.putBack(
          { run: id, epoch },
          { reason: 'its worker could not say so earlier', dueAt: clock.now() },
        );
  }
}
