// Owns the way from an understood runbook to its whole plan, the runbooks it links to read as well.
import { type ExpandedPlan, expandLinks } from '../../run/links/expand-links.ts';
import { planNeeds } from '../../run/planning/plan-needs.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { checkChannels } from './check-channels.ts';
import { digestOfRunbook } from './digest-of-runbook.ts';
import { loadRunbook } from './load-runbook.ts';

/** The plan of a runbook; what is wrong with a linked one is a diagnostic of this one, at its link. */
export function loadPlan(runbook: Runbook): ExpandedPlan {
  const { path: opened } = runbook.source;
  const expanded = expandLinks(runbook, (path) => {
    const loaded = loadRunbook(path);
    const linked = loaded.runbook;
    return {
      ...(linked && { runbook: linked }),
      digest: linked === undefined ? '' : digestOfRunbook(linked),
      diagnostics: [...loaded.diagnostics, ...(linked ? checkLinkedChannels(opened, linked) : [])],
    };
  });
  return { ...expanded, plan: planNeeds(expanded.plan) };
}

/** A run has one set of channels: those that the configuration of the opened page names. */
function checkLinkedChannels(opened: string, linked: Runbook): readonly Diagnostic[] {
  return checkChannels(opened, linked).map(({ message, label: _label, ...rest }) => ({
    ...rest,
    message: `${message} for the page that is opened`,
    help: 'name it in the `runsheet.yaml` that holds for that page',
  }));
}
