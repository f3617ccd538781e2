// Owns counting what the places of a worker had to give, and how much of it runs took.
import type { WorkerTime } from '../../../engine/queue/run-queue.ts';

/** Counts from when it is made; times are milliseconds since 1970. */
export class PlaceTime {
  readonly #places: number;
  #at: number;
  #busy = 0;
  #placeMs = 0;
  #busyMs = 0;
  #runs = 0;

  constructor(places: number, at: number) {
    this.#places = places;
    this.#at = at;
  }

  /** So many places have a run in them from now on. */
  busy(count: number, at: number): void {
    // A clock that is set back gives nothing and takes nothing.
    const ms = Math.max(0, at - this.#at);
    this.#placeMs += ms * this.#places;
    this.#busyMs += ms * Math.min(this.#busy, this.#places);
    this.#at = at;
    this.#busy = count;
  }

  /** A run has begun. */
  begin(): void {
    this.#runs++;
  }

  /** What was counted since this was asked last; it belongs to the month that it is now, in UTC. */
  take(at: number): WorkerTime {
    this.busy(this.#busy, at);
    const taken = { placeMs: this.#placeMs, busyMs: this.#busyMs, runs: this.#runs };
    this.#placeMs = 0;
    this.#busyMs = 0;
    this.#runs = 0;
    return { month: new Date(at).toISOString().slice(0, 7), ...taken };
  }

  /** What could not be kept is counted again. */
  giveBack({ placeMs, busyMs, runs }: WorkerTime): void {
    this.#placeMs += placeMs;
    this.#busyMs += busyMs;
    this.#runs += runs;
  }
}
