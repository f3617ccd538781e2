// Owns where in a block's code a command failed.
import type { MaskedText } from './masking/redactor.ts';

/** A line of a block. */
export interface CodePlace {
  /** One-based line of the runbook; absent where the operator had edited the code. */
  readonly line?: number;
  /** The linked runbook that the line is of, relative to the opened one's folder; absent for the opened one. */
  readonly file?: string;
  /** One-based line of the block's own code. */
  readonly blockLine: number;
}

/** The command at which a block ended; `Words` is plain text where nobody has masked it yet. */
export interface FailedCommand<Words extends string = MaskedText> extends CodePlace {
  /** As its author wrote it, as far as the shell tells. */
  readonly command: Words;
  /** From where the rest of the block can be run; absent where it cannot. */
  readonly rest?: CodePlace;
}
