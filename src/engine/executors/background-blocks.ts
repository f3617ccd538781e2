// Owns the blocks that were started and not waited for.
import type { Address } from '../../basics/address.ts';
import type { AttemptResult } from '../../run/event.ts';

export interface BackgroundResult {
  readonly address: Address;
  readonly result: AttemptResult;
}

type Listener = (address: Address, result: AttemptResult) => void;

/** Every block that began is told of exactly once: to the listener when it ends by itself, else when all are ended. */
export class BackgroundBlocks {
  readonly #running = new Map<Promise<BackgroundResult>, () => void>();
  #untold: BackgroundResult[] = [];
  #listener: Listener | undefined;
  #closing = false;

  /** `end` ends the block's tree; `ended` then resolves. */
  add(ended: Promise<BackgroundResult>, end: () => void): void {
    this.#running.set(ended, end);
    ended.then(
      (result) => {
        this.#running.delete(ended);
        if (this.#listener === undefined || this.#closing) this.#untold.push(result);
        else this.#listener(result.address, result.result);
      },
      // Whoever wanted to start it is told why it did not begin.
      () => this.#running.delete(ended),
    );
  }

  listen(listener: Listener): void {
    this.#listener = listener;
    for (const { address, result } of this.#untold.splice(0)) listener(address, result);
  }

  /** Ends all that are left and gives the results nobody was told of. */
  async endAll(): Promise<readonly BackgroundResult[]> {
    this.#closing = true;
    const running = [...this.#running];
    for (const [, end] of running) end();
    await Promise.allSettled(running.map(([ended]) => ended));
    // The results are filed in the order in which the blocks ended, by what waits for the same promises.
    await Promise.resolve();
    return this.#untold.splice(0);
  }
}
