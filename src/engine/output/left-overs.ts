// Owns the outputs of blocks that have ended, as long as processes which these left behind still print into them.
import type { HeldOutput } from '../processes/held-output.ts';
import type { HeldTerminal } from '../processes/run-on-terminal.ts';

/** How often they are read, so that whoever prints is not held up for long. */
const intervalMs = 100;

/** Outputs that are read on, each until nobody holds it any more. */
export class LeftOvers {
  readonly #watched = new Map<NodeJS.Timeout, () => void>();

  /** Reads on; resolves when nobody holds the output any more, or it is given up because the run ends. */
  watch(output: HeldOutput): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearInterval(timer);
        this.#watched.delete(timer);
        resolve();
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
    });
  }

  /** The same for a terminal, which is then closed. */
  async watchTerminal(terminal: HeldTerminal): Promise<void> {
    await this.watch(terminal);
    terminal.close();
  }

  /** Reads what is there and gives all of them up. */
  close(): void {
    for (const giveUp of [...this.#watched.values()]) giveUp();
  }
}
