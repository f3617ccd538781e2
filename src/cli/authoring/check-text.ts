// Owns what is wrong with the text of a page that is not written yet.
import { doubtDiagnostic } from '../../runbook/doubts/make-doubt.ts';
import { findDoubts } from '../../runbook/find-doubts.ts';
import { lintErrors, lintRunbook } from '../../runbook/lint/lint-runbook.ts';
import { parseRunbook } from '../../runbook/parse-runbook.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { decodeSource, type SourceFile } from '../../text/source-file.ts';
import { loadConfiguration } from '../load/load-configuration.ts';

/** A text as a page, and all that is wrong with it or doubtful in it. */
export interface CheckedText {
  readonly source: SourceFile;
  readonly runbook: Runbook;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a text as the page at `path` would be read. */
export function checkText(path: string, bytes: Uint8Array): CheckedText {
  const { source, diagnostics } = decodeSource(path, bytes);
  const { runbook, diagnostics: wrong } = parseRunbook(source, loadConfiguration(path).configuration);
  const found = [
    ...diagnostics,
    ...wrong,
    ...lintErrors(runbook),
    ...lintRunbook(runbook).filter(({ severity }) => severity !== 'error'),
    ...findDoubts(runbook).map((doubt) => doubtDiagnostic(doubt, 'warning')),
  ];
  const sorted = found.toSorted((left, right) => (left.span?.start ?? -1) - (right.span?.start ?? -1));
  return { source, runbook, diagnostics: sorted };
}
