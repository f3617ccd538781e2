// Owns waiting for the operator where no run goes on that could be paused: before it begins, and at its end.
import { onEndingSignal } from './terminal/on-ending-signal.ts';

/** How the operator goes on: at once, or another time. */
export type WaitAnswer = 'now' | 'later';

/** Waits for one answer at a time. */
export class OperatorWait {
  #answer: ((how: WaitAnswer) => void) | undefined;

  /** Resolves with the answer; a signal that asks the process to end counts as `later`. */
  wait(): Promise<WaitAnswer> {
    return new Promise((resolve) => {
      const stopListening = onEndingSignal(() => this.answer('later'));
      this.#answer = (how) => {
        this.#answer = undefined;
        stopListening();
        resolve(how);
      };
    });
  }

  /** Ends the waiting; nothing happens where nobody waits. */
  answer(how: WaitAnswer): void {
    this.#answer?.(how);
  }
}
