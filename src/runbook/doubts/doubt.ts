// Owns what is doubtful at a place of a page.
import type { Span } from '../../text/span.ts';
import type { DoubtCode } from './doubt-kinds.ts';

/** Why it is likely but not certain that a block or a step is no part of a run; it is asked about, or refused. */
export interface Doubt {
  readonly code: DoubtCode;
  /** What is doubtful, a sentence without its stop. */
  readonly text: string;
  /** How the page settles it. */
  readonly help: string;
  /** What gives rise to it. */
  readonly span: Span;
  /** A heading says of all below it for which case it is: who names the step, or the section, means that case. */
  readonly ofHeading?: true;
  /** The choice that settles it; one that the author has written is not settled by accepting the doubt. */
  readonly choice?: { readonly name: string; readonly isWritten: boolean };
}
