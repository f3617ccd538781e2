// Owns the way from an understood runbook to its whole plan, the runbooks it links to read as well.
import { type ExpandedPlan, expandLinks } from '../../run/links/expand-links.ts';
import { planNeeds } from '../../run/planning/plan-needs.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import { digestOfRunbook } from './digest-of-runbook.ts';
import { loadRunbook } from './load-runbook.ts';

/** The plan of a runbook; what is wrong with a linked one is a diagnostic of this one, at its link. */
export function loadPlan(runbook: Runbook): ExpandedPlan {
  const expanded = expandLinks(runbook, (path) => {
    const loaded = loadRunbook(path);
    const linked = loaded.runbook;
    return {
      ...(linked && { runbook: linked }),
      digest: linked === undefined ? '' : digestOfRunbook(linked),
      diagnostics: loaded.diagnostics,
    };
  });
  return { ...expanded, plan: planNeeds(expanded.plan) };
}
