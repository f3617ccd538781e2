// Owns the one loop of a run: asks what should be happening, has it done, records what came of it.
import type { Rejection, RunCommand } from '../run/command.ts';
import { decide } from '../run/decide.ts';
import { effects } from '../run/effects.ts';
import type { RecordedEvent, RunEvent } from '../run/event.ts';
import { evolve } from '../run/evolve.ts';
import type { TerminalRequest } from '../run/executor.ts';
import type { OutputChunk } from '../run/output-chunk.ts';
import type { BlockItem } from '../run/plan.ts';
import { type Question, sameQuestion } from '../run/question.ts';
import type { Effect } from '../run/rules/effect.ts';
import type { RunState } from '../run/state.ts';
import type { Surface } from '../run/surface.ts';
import type { BoundedJournal } from './journal/bounded-journal.ts';

/** Only listens: the document, the history, reports, notifications. */
export interface RunListener {
  onEvent(recorded: RecordedEvent, state: RunState): void;
}

/** An effect that takes time or touches the world. */
export type PerformableEffect = Exclude<Effect, { type: 'record' | 'ask' | 'none' }>;

/** Has one effect done; what comes of it is recorded through the context. */
export type PerformEffect = (effect: PerformableEffect, context: PerformContext) => Promise<void>;

/** What an effect can do to its run while it is brought about. */
export interface PerformContext {
  state(): RunState;
  /** Journals, then evolves, then tells every listener. */
  record(...events: readonly RunEvent[]): void;
  /**
   * Makes what was recorded survive a power cut; called before the world is touched. Resolves with false when the
   * signal was aborted first: then the world is to be left alone. Rejects when the journal cannot be written.
   */
  sync(): Promise<boolean>;
  onOutput(chunk: OutputChunk): void;
  /** Runs a block with the terminal that the surface has for it; `undefined` where it has none. */
  onTerminal<Value>(
    item: BlockItem,
    during: (terminal: TerminalRequest | undefined) => Promise<Value>,
  ): Promise<Value>;
  /** The operator's terminal for a shell; undefined where the surface has none. */
  readonly passTerminal: Surface['passTerminal'];
  /** Aborted by an interrupt, a pause or a stop: what is running is to be ended. */
  readonly signal: AbortSignal;
}

/** What a run is driven with. */
export interface EngineParts {
  readonly journal: BoundedJournal;
  readonly surface: Surface;
  readonly listeners: readonly RunListener[];
  readonly perform: PerformEffect;
}

/** Drives one run from where its state stands to its next rest: paused or ended. */
export class RunEngine {
  readonly #parts: EngineParts;
  #state: RunState;
  #performing: AbortController | undefined;
  #asking: { readonly question: Question; readonly controller: AbortController } | undefined;
  #interrupts = 0;

  constructor(parts: EngineParts, state: RunState) {
    this.#parts = parts;
    this.#state = state;
  }

  get state(): RunState {
    return this.#state;
  }

  /** Journals facts and lets everybody know; the only way anything ever happens to the state. */
  readonly record = (...events: readonly RunEvent[]): void => {
    if (events.length === 0) return;
    for (const recorded of this.#parts.journal.append(events)) {
      this.#state = evolve(this.#state, recorded);
      this.#parts.surface.onEvent(recorded, this.#state);
      for (const listener of this.#parts.listeners) listener.onEvent(recorded, this.#state);
    }
    this.#withdrawStaleQuestion();
  };

  /** Takes a command from a surface or from another process. */
  readonly send = (command: RunCommand): Rejection | undefined => {
    if (command.type === 'InterruptBlock') {
      this.#interrupt(command);
      return undefined;
    }
    const decision = decide(this.#state, command);
    if (!decision.ok) return decision.error;
    this.record(...decision.value);
    if (endsAtOnce(command)) this.#performing?.abort();
    return undefined;
  };

  /** Goes on until the run is paused or ended, and gives the state it rests in. */
  async drive(): Promise<RunState> {
    for (;;) {
      const effect = effects(this.#state);
      if (effect.type === 'none') {
        await this.#parts.journal.sync();
        return this.#state;
      }
      if (effect.type === 'record') this.record(...effect.events);
      else if (effect.type === 'ask') await this.#ask(effect.question);
      else await this.#perform(effect);
    }
  }

  /** The first interrupt ends what is running; a second one, or one while nothing runs, pauses the run. */
  #interrupt({ by }: Extract<RunCommand, { type: 'InterruptBlock' }>): void {
    this.#interrupts += 1;
    if (this.#performing && this.#interrupts === 1) this.#performing.abort();
    else this.send({ type: 'PauseRun', reason: 'interrupt', by });
  }

  async #perform(effect: PerformableEffect): Promise<void> {
    const controller = new AbortController();
    this.#performing = controller;
    this.#interrupts = 0;
    try {
      await this.#parts.perform(effect, {
        state: () => this.#state,
        record: this.record,
        sync: () => this.#syncUnlessAborted(controller.signal),
        onOutput: (chunk) => this.#parts.surface.onOutput(chunk),
        onTerminal: (item, during) => onTerminal(this.#parts.surface, item, during),
        passTerminal: this.#parts.surface.passTerminal?.bind(this.#parts.surface),
        signal: controller.signal,
      });
    } finally {
      this.#performing = undefined;
      this.#interrupts = 0;
    }
  }

  /** False where the signal was aborted first; the journal is then left to finish by itself. */
  async #syncUnlessAborted(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    let giveUp = (): void => {};
    const aborted = new Promise<void>((resolve) => {
      giveUp = resolve;
    });
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      await Promise.race([this.#parts.journal.sync(), aborted]);
      return !signal.aborted;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  async #ask(question: Question): Promise<void> {
    const { surface } = this.#parts;
    if (!surface.ask) {
      // A surface that cannot ask rests where a person is needed; the run is resumed where one is.
      this.record({ type: 'RunPaused', reason: 'operator', message: 'a person is needed to go on' });
      return;
    }
    const controller = new AbortController();
    this.#asking = { question, controller };
    let answer: RunCommand | undefined;
    try {
      // A question may stand for hours: what led to it must not be lost meanwhile.
      await this.#parts.journal.sync();
      // A command that came in the meantime may have settled it.
      if (!controller.signal.aborted) answer = await surface.ask(question, controller.signal);
    } finally {
      this.#asking = undefined;
    }
    const rejection = answer && this.send(answer);
    if (rejection) surface.onRejection?.(rejection);
  }

  #withdrawStaleQuestion(): void {
    if (!this.#asking) return;
    const effect = effects(this.#state);
    if (effect.type !== 'ask' || !sameQuestion(effect.question, this.#asking.question)) {
      this.#asking.controller.abort();
    }
  }
}

/** An interactive block gets the operator's own terminal, every other one a terminal where one is shown. */
function onTerminal<Value>(
  surface: Surface,
  { interactive, background }: BlockItem,
  during: (terminal: TerminalRequest | undefined) => Promise<Value>,
): Promise<Value> {
  if (interactive && surface.suspend) return surface.suspend(() => during({ type: 'operator' }));
  const size = background ? undefined : surface.terminalSize?.();
  if (!size) return during(undefined);
  return during({ type: 'own', ...size, attach: (terminal) => surface.attachTerminal?.(terminal) });
}

/** A stop, and a pause that nobody chose at leisure, end what is running; its result says interrupted. */
function endsAtOnce(command: RunCommand): boolean {
  return command.type === 'StopRun' || (command.type === 'PauseRun' && command.reason !== 'operator');
}
