// Owns what a surface is to the engine.
import type { Address } from '../basics/address.ts';
import type { InputDeclaration, Runbook } from '../runbook/runbook.ts';
import type { Rejection, RunCommand } from './command.ts';
import type { HostResult, RecordedEvent } from './event.ts';
import type { BlockTerminal, OwnTerminal, ShellRequest } from './executor.ts';
import type { InputOrigin } from './inputs/resolve-inputs.ts';
import type { MaskedBytes } from './masking/redactor.ts';
import type { OutputChunk } from './output-chunk.ts';
import type { OutputSummary } from './output-summary.ts';
import type { Plan } from './plan.ts';
import type { Question } from './question.ts';
import type { RunState } from './state.ts';

/** An input as it may be shown. */
export interface UsedInput {
  /** Its name; a placeholder as it is written. */
  readonly name: string;
  /** Absent for secrets, and for what a dry run does not know. */
  readonly value?: string;
  readonly origin: InputOrigin | 'secret' | 'open';
  /** What a block exports and the value stands in the place of: that value as written, and the block. */
  readonly over?: NonNullable<InputDeclaration['over']>;
  /** Where a default comes from that no front matter has. */
  readonly from?: string;
}

/** What earlier runs of a page took for one of its items, in milliseconds. */
export interface EarlierTime {
  readonly medianMs: number;
  /** How often it was measured. */
  readonly count: number;
}

/** By item; those that no earlier run has measured as they are now are left out. */
export type EarlierTimes = ReadonlyMap<Address, EarlierTime>;

/** What was printed by a block of which nobody knows how it ended. */
export interface CutOffOutput {
  /** The host, or the item of its list; absent for a block that has neither. */
  readonly of?: Pick<HostResult, 'host' | 'each'>;
  readonly output: OutputSummary;
}

/** What a surface may read while a run goes on. */
export interface RunView {
  readonly runbook: Runbook;
  readonly plan: Plan;
  /** What the run is given before it begins, in the order in which it is declared; absent where that is nothing. */
  readonly inputs?: readonly UsedInput[];
  /** The linked runbooks of the plan, by their file; those that can no longer be read are left out. */
  readonly linked?: ReadonlyMap<string, Runbook>;
  /** What the operator should know of the runbook before it begins: that it is new to them, or has changed. */
  readonly remarks?: readonly string[];
  /** Reads what earlier runs of the page took, while the run goes on; absent where nobody keeps them. */
  readonly readEarlierTimes?: () => Promise<EarlierTimes>;
  /** The newest state; never changed in place. */
  state(): RunState;
  /** What a block that is in doubt had printed until it was cut off, each host's by itself; absent where none is kept. */
  readonly cutOffOutputs?: (address: Address) => readonly CutOffOutput[];
  /** Up to `maxBytes` of the newest stored output of an attempt, both streams in order of arrival. */
  readOutputTail(output: OutputSummary, maxBytes: number): MaskedBytes;
}

/** Sends a command into the run; a rejection says why nothing happened. */
export type SendCommand = (command: RunCommand) => Rejection | undefined;

/** The operator's own terminal, given through to a shell. */
export type PassedTerminal = Pick<ShellRequest, 'columns' | 'rows' | 'attach' | 'onBytes'>;

/** A face of the run: it only sends commands and listens to events. */
export interface Surface {
  readonly name: 'tui' | 'prompt' | 'plain' | 'ndjson';
  /**
   * Resolves when the run may begin. `'later'` is said by an operator who has looked and does not want to begin
   * now: the run is to be recorded and paused before anything happens.
   */
  start(view: RunView, send: SendCommand): void | Promise<'later' | undefined> | Promise<void>;
  /** Called after the event is journalled, in order. */
  onEvent(recorded: RecordedEvent, state: RunState): void;
  onOutput(chunk: OutputChunk): void;
  /**
   * The size of the terminals that blocks run on, and their kind; a surface that has it shows what such a terminal
   * shows, and takes what is typed for the block. Undefined where nobody can type.
   */
  terminalSize?(): Omit<OwnTerminal, 'type' | 'attach'> | undefined;
  /**
   * A block that runs on a terminal of its own has begun, or (undefined) has ended; its output arrives as chunks
   * of the stream `terminal`. The surface sends it what is typed, and its size whenever that changes.
   */
  attachTerminal?(terminal: BlockTerminal | undefined): void;
  /**
   * Puts a question to the operator; guided surfaces have it. Resolves with the answer, or with undefined
   * when the signal aborted because the question no longer stands. A rejected answer is asked again.
   */
  ask?(question: Question, signal: AbortSignal): Promise<RunCommand | undefined>;
  /** The last answer was not taken, and why; the question is asked again. */
  onRejection?(rejection: Rejection): void;
  /** Hands the terminal to a child (an interactive block, an editor, a shell) and takes it back. */
  suspend?<Value>(during: () => Promise<Value>): Promise<Value>;
  /**
   * Gives the terminal through to a shell of the run: what is typed goes there, what it prints is shown as it is.
   */
  passTerminal?<Value>(
    about: Address | undefined,
    during: (terminal: PassedTerminal) => Promise<Value>,
  ): Promise<Value>;
  /** The last call; resolves when everything was shown. */
  end(state: RunState): void | Promise<void>;
}
