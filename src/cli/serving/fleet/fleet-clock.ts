// Owns the time that all machines of a fleet have in common: that of the database.
import type { DbosQueue } from '../../../engine/queue/dbos-queue.ts';

/** What asking takes is not mistaken for a clock that runs otherwise. */
const noticedMs = 1_000;

export class FleetClock {
  readonly #queue: Pick<DbosQueue, 'clockAheadMs'>;
  readonly #own: () => number;
  #aheadMs: number;

  private constructor(queue: Pick<DbosQueue, 'clockAheadMs'>, own: () => number, aheadMs: number) {
    this.#queue = queue;
    this.#own = own;
    this.#aheadMs = aheadMs;
  }

  /** `own` is the clock of this machine. Throws `DatabaseUnavailable`. */
  static async open(queue: Pick<DbosQueue, 'clockAheadMs'>, own: () => number): Promise<FleetClock> {
    return new FleetClock(queue, own, await queue.clockAheadMs(own()));
  }

  /** Milliseconds since 1970, as of what is known of the database's clock. */
  now = (): number => this.#own() + this.#aheadMs;

  /** Asks the database, as the clock of this machine may have been put right meanwhile. Throws `DatabaseUnavailable`. */
  look = async (): Promise<number> => {
    const aheadMs = await this.#queue.clockAheadMs(this.#own());
    if (Math.abs(aheadMs - this.#aheadMs) >= noticedMs) this.#aheadMs = aheadMs;
    return this.now();
  };
}
