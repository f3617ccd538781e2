// Owns `runsheet check`: everything that is wrong with runbooks or could be better.

import { doubtDiagnostic } from '../../runbook/doubts/make-doubt.ts';
import { findDoubts } from '../../runbook/find-doubts.ts';
import { lintRunbook } from '../../runbook/lint/lint-runbook.ts';
import { type Diagnostic, hasErrors } from '../../text/diagnostic.ts';
import { exitCode } from '../exit-code.ts';
import { checkChannels } from '../load/check-channels.ts';
import { loadPlan } from '../load/load-plan.ts';
import { loadRunbook } from '../load/load-runbook.ts';
import { siteHints } from '../load/site-hints.ts';
import { reportDiagnostics } from '../report-diagnostics.ts';
import { writeMessage, writeResult } from '../write-result.ts';

/** What `runsheet check` was given beside the runbooks. */
export interface CheckOptions {
  readonly json?: boolean;
}

/** Tells all that is wrong with runbooks or could be better; gives the exit code. */
export async function check(paths: readonly string[], options: CheckOptions): Promise<number> {
  let failed = false;
  const counts = { error: 0, warning: 0, hint: 0 };
  const described: object[] = [];
  for (const path of paths) {
    const loaded = loadRunbook(path);
    let found: readonly Diagnostic[] = loaded.diagnostics;
    if (loaded.runbook) {
      const { diagnostics, unfillable } = loadPlan(loaded.runbook);
      const unfilled = unfillable.map(({ diagnostic }) => diagnostic);
      found = [
        ...found,
        ...diagnostics,
        ...unfilled,
        // Its errors are known from loading it.
        ...lintRunbook(loaded.runbook).filter(({ severity }) => severity !== 'error'),
        ...findDoubts(loaded.runbook).map((doubt) => doubtDiagnostic(doubt, 'warning')),
        ...checkChannels(path, loaded.runbook),
        ...siteHints(loaded.runbook),
      ];
    }
    found = found.toSorted((left, right) => (left.span?.start ?? -1) - (right.span?.start ?? -1));
    for (const diagnostic of found) counts[diagnostic.severity] += 1;
    failed ||= hasErrors(found);
    if (options.json) {
      described.push(
        ...found.map(({ span, ...rest }) => ({
          path,
          ...rest,
          ...(span && {
            from: loaded.source.lines.placeOf(span.start),
            to: loaded.source.lines.placeOf(span.end),
          }),
        })),
      );
    } else {
      reportDiagnostics(found, loaded.source);
    }
  }
  if (options.json) writeResult(`${JSON.stringify({ version: 1, diagnostics: described }, null, 2)}\n`);
  else writeMessage(`${summary(paths.length, counts)}\n`);
  return failed ? exitCode.usage : exitCode.succeeded;
}

function summary(files: number, counts: Readonly<Record<'error' | 'warning' | 'hint', number>>): string {
  const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;
  const parts = [count(counts.error, 'error'), count(counts.warning, 'warning'), count(counts.hint, 'hint')];
  return `${count(files, 'runbook')} checked: ${parts.join(', ')}`;
}
