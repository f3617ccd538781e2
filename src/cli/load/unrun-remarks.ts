// Owns what is told before a run of code in its pages that nothing here can run.
import { basename } from 'node:path';
import { otherLanguage } from '../../runbook/lint/code/other-language.ts';
import type { Runbook } from '../../runbook/runbook.ts';

/** A line for each such block, with its place. */
export function unrunRemarks(runbooks: Iterable<Runbook>): readonly string[] {
  return [...runbooks].flatMap((runbook) =>
    otherLanguage.check(runbook).map(({ message, span }) => {
      const { line } = runbook.source.lines.placeOf(span?.start ?? 0);
      return `${basename(runbook.source.path)}:${line}: ${message}`;
    }),
  );
}
