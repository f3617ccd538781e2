// Owns what the prompt surface can ask a person for, whatever draws it.
import type { MenuChoice } from '../question-choices.ts';

/** A question that is answered by one of several keys. */
export interface Menu<Value> {
  readonly message: string;
  readonly choices: readonly MenuChoice<Value>[];
  /** `keys` is one line of keys, `list` a line for each choice with what it does. */
  readonly layout: 'keys' | 'list';
  /** What the Enter key means; without it Enter does nothing. */
  readonly enter?: MenuChoice<Value>;
}

/** Whether what is typed so far may be a path. */
export type IsPath = (typed: string) => boolean;

/** One line of a checklist. */
export interface Box {
  readonly text: string;
  /** How many of the boxes above it stands below; none where it is absent. */
  readonly depth?: number;
  readonly ticked: boolean;
}

/** One of many things to pick from. */
export interface Pick<Value> {
  readonly name: string;
  /** What else is known of it, in a few words. */
  readonly note: string;
  readonly value: Value;
}

/** Asks a person. Every method throws `OperatorLeft` when they leave, and `QuestionWithdrawn` when the signal aborts. */
export interface Prompter {
  /** Drops keys that were pressed at a terminal before a question stood: they were meant for something else. */
  dropTypedAhead(): Promise<void>;
  choose<Value>(menu: Menu<Value>, signal: AbortSignal): Promise<Value>;
  /** A line of text, trimmed; empty when the person gave none. Where it may be a path, Tab completes it. */
  askText(message: string, signal: AbortSignal, initial?: string, isPath?: IsPath): Promise<string>;
  /** A line of text that is never shown. */
  askSecret(message: string, signal: AbortSignal): Promise<string>;
  /** Several lines, starting from what is there; undefined when the person gave up. */
  askLines(message: string, initial: string, signal: AbortSignal): Promise<string | undefined>;
  /** Boxes to tick and untick; the answer runs parallel to them. */
  tick(message: string, boxes: readonly Box[], signal: AbortSignal): Promise<readonly boolean[]>;
  /** One of many, found by typing a part of its name or of its note. */
  pick<Value>(message: string, picks: readonly Pick<Value>[], signal: AbortSignal): Promise<Value>;
  /** Lets go of the keyboard while somebody else has the terminal. */
  suspend(): void;
  resume(): void;
  close(): void;
}

/** The person left instead of answering: Ctrl-C, Ctrl-D, or an input that ended. */
export class OperatorLeft extends Error {
  override readonly name = 'OperatorLeft';
  readonly how: 'interrupt' | 'end';

  constructor(how: 'interrupt' | 'end') {
    super('the operator left');
    this.how = how;
  }
}

/** The question no longer stands. */
export class QuestionWithdrawn extends Error {
  override readonly name = 'QuestionWithdrawn';
}
