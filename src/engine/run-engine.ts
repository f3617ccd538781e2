// Owns the one loop of a run: asks what should be happening, has it done, records what came of it.
import type { Rejection, RunCommand } from '../run/command.ts';
import { decide, decideKept } from '../run/decide.ts';
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
export type PerformableEffect = Exclude<Effect, { type: 'record' | 'ask' | 'take-answer' | 'none' }>;

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

/** What is said to who sent a command that came to nothing. */
const notRecorded: Rejection = {
  code: 'not-recorded',
  message: 'the run cannot be recorded any further, and stops',
};

/** How long a surface may take to withdraw its question where the run has failed. */
const withdrawalMs = 1_000;
/** How long is waited for a block to be ended where the run has failed under it; its tree is killed well before. */
const endingPatienceMs = 10_000;

/** Drives one run from where its state stands to its next rest: paused or ended. */
export class RunEngine {
  readonly #parts: EngineParts;
  #state: RunState;
  #performing: AbortController | undefined;
  #asking: { readonly question: Question; readonly controller: AbortController } | undefined;
  #interrupts = 0;
  /** Aborted, with the failure as its reason, when the run can go on no further. */
  readonly #failing = new AbortController();

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
    this.throwIfFailed();
    for (const recorded of this.#parts.journal.append(events)) {
      this.#state = evolve(this.#state, recorded);
      this.#tell(recorded);
    }
    this.#withdrawStaleQuestion();
  };

  /** The same for who only tells of the run and has nobody to throw at: what goes wrong ends `drive`. */
  readonly note = (...events: readonly RunEvent[]): void => {
    try {
      this.record(...events);
    } catch (error) {
      this.fail(error);
    }
  };

  /** Shows what is printed; what goes wrong ends `drive`. */
  readonly show = (chunk: OutputChunk): void => this.#guard(() => this.#parts.surface.onOutput(chunk));

  /**
   * Takes a command from a surface or from another process. One that can no longer be recorded is not taken, and
   * ends `drive`.
   */
  readonly send = (command: RunCommand): Rejection | undefined => {
    if (command.type === 'InterruptBlock') return this.#interrupt(command);
    try {
      const decision = decide(this.#state, command);
      if (!decision.ok) {
        const { events = [], ...rejection } = decision.error;
        this.record(...events);
        return rejection;
      }
      this.record(...decision.value);
    } catch (error) {
      this.fail(error);
      return notRecorded;
    }
    if (endsAtOnce(command)) this.#performing?.abort();
    return undefined;
  };

  /** Ends the run as it stands, whoever found out: what runs is ended, and `drive` rejects with the first such error. */
  readonly fail = (error: unknown): void => {
    if (this.#failing.signal.aborted) return;
    this.#failing.abort(error);
    this.#performing?.abort();
    this.#asking?.controller.abort();
  };

  /** Throws what the run has failed with, where it has. */
  throwIfFailed(): void {
    this.#failing.signal.throwIfAborted();
  }

  /** Goes on until the run is paused or ended, and gives the state it rests in. */
  async drive(): Promise<RunState> {
    for (;;) {
      this.throwIfFailed();
      const effect = effects(this.#state);
      if (effect.type === 'none') {
        await this.#parts.journal.sync();
        return this.#state;
      }
      if (effect.type === 'record') this.record(...effect.events);
      else if (effect.type === 'ask') await this.#ask(effect.question);
      else if (effect.type === 'take-answer') this.#takeAnswer(effect);
      else await this.#perform(effect);
    }
  }

  /** The first interrupt ends what is running; a second one, or one while nothing runs, pauses the run. */
  #interrupt({ by }: Extract<RunCommand, { type: 'InterruptBlock' }>): Rejection | undefined {
    this.#interrupts += 1;
    if (!this.#performing || this.#interrupts > 1)
      return this.send({ type: 'PauseRun', reason: 'interrupt', by });
    this.#performing.abort();
    return undefined;
  }

  /** One that cannot listen any more costs the run its going on, and the others nothing. */
  #tell(recorded: RecordedEvent): void {
    for (const listener of [this.#parts.surface, ...this.#parts.listeners])
      this.#guard(() => listener.onEvent(recorded, this.#state));
  }

  #guard(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.fail(error);
    }
  }

  /** The value of `work`; the run's failure where that came first and `work` does not end soon. */
  async #unlessFailed<Value>(work: Promise<Value>, patienceMs: number): Promise<Value> {
    const { signal } = this.#failing;
    let timer: NodeJS.Timeout | undefined;
    let giveUp = (): void => {};
    const failed = new Promise<never>((_, reject) => {
      giveUp = () => {
        timer = setTimeout(() => reject(signal.reason), patienceMs);
      };
    });
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
    try {
      return await Promise.race([work, failed]);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
    }
  }

  /** An answer that no longer fits is told of, and the question is asked. */
  #takeAnswer({ question, kept }: Extract<Effect, { type: 'take-answer' }>): void {
    const { by, answer } = kept;
    const taken = { type: 'AnswerTaken', question: kept.question, by, answer: answer.word } as const;
    const follows = decideKept(this.#state, question, kept);
    if (follows.ok) this.record(...follows.value, taken);
    else this.record({ ...taken, refused: follows.error.message });
  }

  async #perform(effect: PerformableEffect): Promise<void> {
    const controller = new AbortController();
    this.#performing = controller;
    this.#interrupts = 0;
    try {
      const performed = this.#parts.perform(effect, {
        state: () => this.#state,
        record: this.record,
        sync: () => this.#syncUnlessAborted(controller.signal),
        onOutput: this.show,
        onTerminal: (item, during) => onTerminal(this.#parts.surface, item, during),
        passTerminal: this.#parts.surface.passTerminal?.bind(this.#parts.surface),
        signal: controller.signal,
      });
      await this.#unlessFailed(performed, endingPatienceMs);
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
    // A question may stand for hours: what led to it must not be lost meanwhile. The device works while it is shown, so
    // that whoever sees it need not wait for the device before a key counts.
    const synced = this.#parts.journal.sync();
    synced.catch(this.fail);
    try {
      answer = await this.#unlessFailed(surface.ask(question, controller.signal), withdrawalMs);
      await synced;
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
  const atLeisure = ['operator', 'drained'];
  return command.type === 'StopRun' || (command.type === 'PauseRun' && !atLeisure.includes(command.reason));
}
