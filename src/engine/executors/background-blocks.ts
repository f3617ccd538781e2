// Owns the blocks that were started and not waited for.
import type { BackgroundEnd } from '../../run/executor.ts';
import type { BackgroundStart } from '../attempts/machine-attempts.ts';

type Listener = (end: BackgroundEnd) => void;

/** Every block that goes on is told of exactly once: to the listener when it ends by itself, else when all are ended. */
export class BackgroundBlocks {
  readonly #running = new Map<Promise<BackgroundEnd>, () => void>();
  #untold: BackgroundEnd[] = [];
  #listener: Listener | undefined;
  #isEnding = false;

  /** `end` ends the block's tree; `ended` then resolves. */
  add(ended: Promise<BackgroundEnd>, end: () => void): BackgroundStart {
    this.#running.set(ended, end);
    let goesOn = false;
    ended.then(
      (result) => {
        this.#running.delete(ended);
        if (!goesOn) return;
        this.#untold.push(result);
        // Who started it is first to say that it goes on.
        setImmediate(() => this.#tell());
      },
      // Whoever wanted to start it is told why it did not begin.
      () => this.#running.delete(ended),
    );
    return {
      goOn: () => {
        goesOn = true;
      },
    };
  }

  listen(listener: Listener): void {
    this.#listener = listener;
    this.#tell();
  }

  /** Ends all that are left and gives the ends nobody was told of. */
  async endAll(): Promise<readonly BackgroundEnd[]> {
    this.#isEnding = true;
    const running = [...this.#running];
    for (const [, end] of running) end();
    await Promise.allSettled(running.map(([ended]) => ended));
    // The ends are filed in the order in which the blocks ended, by what waits for the same promises.
    await Promise.resolve();
    this.#isEnding = false;
    return this.#untold.splice(0);
  }

  #tell(): void {
    const listener = this.#listener;
    if (listener === undefined || this.#isEnding) return;
    for (const end of this.#untold.splice(0)) listener(end);
  }
}
