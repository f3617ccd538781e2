// Owns everything that is found in one page.
import { doubtDiagnostic } from '../../runbook/doubts/make-doubt.ts';
import { findDoubts } from '../../runbook/find-doubts.ts';
import { lintRunbook } from '../../runbook/lint/lint-runbook.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { checkChannels } from '../load/check-channels.ts';
import { loadPlan } from '../load/load-plan.ts';
import { type LoadedRunbook, loadFoundRunbook, loadRunbook } from '../load/load-runbook.ts';
import { siteHints } from '../load/site-hints.ts';
import { renderForPeople } from '../report-diagnostics.ts';
import { type CheckedPage, toFindings } from './checked-page.ts';

/** What is asked of every page. */
export interface CheckTask {
  /** Pages that were named are runbooks, whatever they hold; all others are by the rule of `list`. */
  readonly named: ReadonlySet<string>;
  /** Whether findings are rendered for people, with or without colours. */
  readonly text: 'none' | 'plain' | 'coloured';
}

/** Checks the page at a path; never throws for anything that a file can be or hold. */
export function checkPage(path: string, task: CheckTask): CheckedPage {
  const loaded = task.named.has(path) ? loadRunbook(path) : loadFoundRunbook(path);
  if (loaded === undefined) return { path, isRunbook: false, findings: [] };
  return checkLoaded(path, loaded, task.text);
}

/** The same for a page that was read already. */
export function checkLoaded(path: string, loaded: LoadedRunbook, text: CheckTask['text']): CheckedPage {
  const { source } = loaded;
  const render = (diagnostic: Diagnostic) => renderForPeople(diagnostic, source, text === 'coloured');
  const findings = toFindings(findAll(path, loaded), source, text === 'none' ? undefined : render);
  return { path, isRunbook: true, findings };
}

/** All that is wrong with a page or could be better, in no order. */
function findAll(path: string, { runbook, diagnostics }: LoadedRunbook): readonly Diagnostic[] {
  if (runbook === undefined) return diagnostics;
  const plan = loadPlan(runbook);
  return [
    ...diagnostics,
    ...plan.diagnostics,
    ...plan.unfillable.map(({ diagnostic }) => diagnostic),
    // Its errors are known from loading it.
    ...lintRunbook(runbook).filter(({ severity }) => severity !== 'error'),
    ...findDoubts(runbook).map((doubt) => doubtDiagnostic(doubt, 'warning')),
    ...checkChannels(path, runbook),
    ...siteHints(runbook),
  ];
}
