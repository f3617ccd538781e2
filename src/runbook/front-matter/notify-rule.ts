// Owns who is told of what happens in a run, and when.
import type { Span } from '../../text/span.ts';

/**
 * When an escalation is due: a failure, an approval that is wanted or that nobody gave in time, each with a delay or at
 * once, or a time since the start.
 */
export interface EscalationRule {
  /** As written, with one spelling for the words. */
  readonly after: string;
  /** For a time. */
  readonly afterMs?: number;
  /** How long it is waited whether somebody sees to it, as written; absent where it is told at once. */
  readonly delay?: string;
  readonly delayMs?: number;
  /** Name of a channel. */
  readonly notify: string;
  /** What it is told, in the author's words; `$NAME` stands for a variable of the run. */
  readonly text?: string;
  readonly span: Span;
}

export interface NotifyRule {
  readonly on: readonly string[];
  /** Name of a channel. */
  readonly to: string;
  /** What it is told, in the author's words; `$NAME` stands for a variable of the run. */
  readonly text?: string;
  readonly span: Span;
}

/** Who is sent the updates that operators write while a run goes. */
export interface UpdateRule {
  /** Names of channels. */
  readonly to: readonly string[];
  /** How often one is due, as written; absent where nobody is waiting for one. */
  readonly every?: string;
  readonly everyMs?: number;
  readonly span: Span;
}
