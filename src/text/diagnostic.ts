// Owns what the tool says of a user's input.
import type { Span } from './span.ts';

export type DiagnosticSeverity = 'error' | 'warning' | 'hint';

/**
 * One thing a user should know about a file. `code` is stable and documented (`runsheet explain CODE`);
 * `message` is lowercase, without a final period, with names in backticks.
 */
export interface Diagnostic {
  readonly code: string;
  readonly severity: DiagnosticSeverity;
  readonly message: string;
  /** Where, in bytes of the author's file; absent when the whole file is meant (it is missing, say). */
  readonly span?: Span;
  /** A short text beside the caret, such as "did you mean `timeout`?". */
  readonly label?: string;
  /** A line below: what the user can do. */
  readonly help?: string;
  /** What mends it, where that is certain. */
  readonly fix?: Fix;
}

/** A change of the file that mends what a diagnostic tells: `text` in the place of a range of its bytes. */
export interface Fix {
  readonly span: Span;
  readonly text: string;
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}
