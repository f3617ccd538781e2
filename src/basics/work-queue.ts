// Owns doing one piece of work after the other.

/** Pieces of work that must not overlap, done in the order in which they were added. One that fails stops no other. */
export class WorkQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** Resolves or rejects as the work does. */
  add<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }

  /** Resolves when all that was added is over. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
