// Owns what is known of a block that nothing here runs.
import type { Span } from '../text/span.ts';

/** A block in a language that nothing is known to run. */
export interface OtherLanguage {
  readonly language: string;
  /** The shell that its label begins with, as `bash#prod` does. */
  readonly shell?: string;
  readonly span: Span;
}
