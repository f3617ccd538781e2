// Owns the outputs of blocks that have ended, as long as processes which these left behind still print into them.
import type { HeldOutput } from '../processes/held-output.ts';

/** How often they are read, so that whoever prints is not held up for long. */
const intervalMs = 100;

/** Outputs that are read on, each until nobody holds it any more. */
export class LeftOvers {
  readonly #watched = new Map<NodeJS.Timeout, () => void>();

  /** Reads on; `onEnd` is called when nobody holds the output any more, or it is given up because the run ends. */
  watch(output: HeldOutput, onEnd: () => void): void {
    const end = (): void => {
      clearInterval(timer);
      this.#watched.delete(timer);
      onEnd();
    };
    const timer = setInterval(() => {
      output.readRest();
      if (!output.held) end();
    }, intervalMs);
    timer.unref();
    this.#watched.set(timer, () => {
      output.readRest();
      end();
    });
  }

  /** Reads what is there and gives all of them up. */
  close(): void {
    for (const giveUp of [...this.#watched.values()]) giveUp();
  }
}
