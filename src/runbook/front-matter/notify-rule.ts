// Owns who is told of what happens in a run, and when.
import type { Span } from '../../text/span.ts';

/** When an escalation is due: a failure, an approval that nobody gave in time, or a time since the start. */
export interface EscalationRule {
  /** As written, with one spelling for the words. */
  readonly after: string;
  /** For a time. */
  readonly afterMs?: number;
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
