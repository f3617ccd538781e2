// Owns the question that stands on the screen, until the engine withdraws it or its answer goes wrong.
import type { Question } from '../../run/question.ts';

/** Puts one question at a time; answers go in as commands, so that asking itself brings none. */
export class QuestionPrompter {
  readonly #show: (question: Question | undefined) => void;
  /** Ends the question that stands with an error. */
  #reject: ((error: unknown) => void) | undefined;
  #failure: { readonly error: unknown } | undefined;

  /** `show` gets each question as it comes, and undefined when it goes. */
  constructor(show: (question: Question | undefined) => void) {
    this.#show = show;
  }

  /** Resolves when the engine withdraws the question, which it does when it was answered; rejects as `fail` says. */
  ask(question: Question, signal: AbortSignal): Promise<undefined> {
    if (this.#failure) return Promise.reject(this.#failure.error);
    if (signal.aborted) return Promise.resolve(undefined);
    this.#show(question);
    return new Promise((resolve, reject) => {
      const close = (): void => {
        this.#reject = undefined;
        this.#show(undefined);
      };
      this.#reject = (error) => {
        close();
        reject(error);
      };
      signal.addEventListener('abort', () => {
        close();
        resolve(undefined);
      });
    });
  }

  /** An error on the way of an answer belongs to whoever drives the run; without a question it waits for the next. */
  fail(error: unknown): void {
    this.#failure = { error };
    this.#reject?.(error);
  }
}
