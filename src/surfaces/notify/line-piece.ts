// Owns what the line of a notification for people consists of.
import type { MaskedText } from '../../run/masking/redactor.ts';

/** A stretch of the line for people. */
export interface LinePiece<Words extends string = MaskedText> {
  readonly text: Words;
  /** Written by the author of the rule, and not put in by the run: what it means to a chat service is meant. */
  readonly isAuthors?: true;
}
