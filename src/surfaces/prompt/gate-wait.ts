// Owns the ways out that an operator has line by line while a run waits for others to approve.
import type { Address } from '../../basics/address.ts';
import { awaitedGate } from '../../run/answers/awaited-gate.ts';
import type { Rejection, RunCommand } from '../../run/command.ts';
import type { RunEvent } from '../../run/event.ts';
import type { Question } from '../../run/question.ts';
import type { RunState } from '../../run/state.ts';
import type { SendCommand } from '../../run/surface.ts';

/** What the waiting is done with. */
export interface GateWaitParts {
  readonly ask: (question: Question, signal: AbortSignal) => Promise<RunCommand | undefined>;
  readonly send: SendCommand;
  readonly state: () => RunState;
  readonly onRejection: (rejection: Rejection) => void;
}

/** Asks what to do for as long as the run waits at a gate; the run itself asks nothing then. */
export class GateWait {
  readonly #parts: GateWaitParts;
  #asking: AbortController | undefined;
  #asked: Promise<void> = Promise.resolve();
  #isInShell = false;

  constructor(parts: GateWaitParts) {
    this.#parts = parts;
  }

  /** Takes the question back, for something is about to be written. */
  withdraw(): void {
    this.#asking?.abort();
    this.#asking = undefined;
  }

  /** Resolves when the terminal is free of a question that was withdrawn. */
  get ended(): Promise<void> {
    return this.#asked;
  }

  /** Asks again where the run still waits after an event. */
  after(event: RunEvent): void {
    if (event.type === 'ShellOpened' || event.type === 'ShellClosed')
      this.#isInShell = event.type === 'ShellOpened';
    if (!this.#isInShell) this.#begin();
  }

  #begin(): void {
    const address = awaitedGate(this.#parts.state());
    if (address === undefined) return;
    const asking = new AbortController();
    this.#asking = asking;
    const before = this.#asked;
    const asked = before.then(() => this.#ask(address, asking.signal));
    // Whoever waits for `ended` next, which is the run's next question or its end, is told of a failure.
    asked.catch(() => {});
    this.#asked = asked;
  }

  async #ask(address: Address, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const { ask, send, onRejection } = this.#parts;
    const command = await ask({ type: 'approval', address }, signal);
    if (signal.aborted) return;
    const rejection = command && send(command);
    if (rejection) onRejection(rejection);
    if (rejection || !command) this.#begin();
  }
}
