// Owns the form in which a command says why it does not begin, and the saying of it.
import type { Diagnostic } from '../text/diagnostic.ts';
import type { SourceFile } from '../text/source-file.ts';
import { exitCode } from './exit-code.ts';
import { complain, reportDiagnostics } from './report-diagnostics.ts';

/** What is wrong with the command line or the surroundings, where there is no place to point at. */
export interface Complaint {
  readonly message: string;
  readonly help?: string;
  /** The exit code; that of a wrong usage when absent. */
  readonly status?: number;
  /** The run that is in the way. */
  readonly run?: string;
}

/** Why a command does nothing: a complaint, or diagnostics of a file. */
export type Refusal =
  | Complaint
  | { readonly diagnostics: readonly Diagnostic[]; readonly source: SourceFile };

/** Says why nothing is done; gives the exit code. */
export function refuse(refusal: Refusal): number {
  if ('diagnostics' in refusal) {
    reportDiagnostics(refusal.diagnostics, refusal.source);
    return exitCode.usage;
  }
  complain(refusal.message, refusal.help);
  return refusal.status ?? exitCode.usage;
}
