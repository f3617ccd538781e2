// Owns waiting for the operator where no run goes on that could be paused: before it begins, and at its end.
import { onEndingSignal } from './terminal/on-ending-signal.ts';

/** How the operator goes on: at once, or another time. */
export type WaitAnswer = 'now' | 'later';

/** Waits for one answer at a time. */
export class OperatorWait {
  #answer: ((how: WaitAnswer) => void) | undefined;
  /** Nobody is there any more, or is to be. */
  #isLeft = false;
  #stopListening: (() => void) | undefined;

  /**
   * Hears from now on that the process is asked to end, until `close`: what comes while a run ends, and can no longer
   * pause it, counts when its end is waited at. An interrupt is about a block as long as the run is not over.
   */
  listen(isOver: () => boolean): void {
    this.#stopListening ??= onEndingSignal((signal) =>
      signal === 'SIGINT' && !isOver() ? this.answer('later') : this.leave(),
    );
  }

  close(): void {
    this.#stopListening?.();
    this.#stopListening = undefined;
  }

  /** Resolves with the answer; at once with `later` where the operator has left. */
  wait(): Promise<WaitAnswer> {
    if (this.#isLeft) return Promise.resolve('later');
    return new Promise((resolve) => {
      this.#answer = (how) => {
        this.#answer = undefined;
        resolve(how);
      };
    });
  }

  /** Ends the waiting; nothing happens where nobody waits. */
  answer(how: WaitAnswer): void {
    this.#answer?.(how);
  }

  /** Ends the waiting, also what begins only later. */
  leave(): void {
    this.#isLeft = true;
    this.answer('later');
  }
}
