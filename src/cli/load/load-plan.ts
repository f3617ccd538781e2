// Owns the way from an understood runbook to its whole plan, the runbooks it links to read as well.

import { type ExpandedPlan, expandLinks } from '../../run/links/expand-links.ts';
import type { LoadLinkedRunbook } from '../../run/links/expansion.ts';
import type { FoundSection } from '../../run/links/find-section.ts';
import type { Plan, PlanItem } from '../../run/plan.ts';
import { planNeeds } from '../../run/planning/plan-needs.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { checkChannels } from './check-channels.ts';
import { digestOfRunbook } from './digest-of-runbook.ts';
import { loadRunbook } from './load-runbook.ts';

/** The plan of a runbook, or of one of its sections; what is wrong with a linked one is a diagnostic of this one, at its link. */
export function loadPlan(runbook: Runbook, section?: FoundSection): ExpandedPlan {
  const { path: opened } = runbook.source;
  const load: LoadLinkedRunbook = (path) => {
    const loaded = loadRunbook(path);
    const linked = loaded.runbook;
    return {
      ...(linked && { runbook: linked }),
      digest: linked === undefined ? '' : digestOfRunbook(linked),
      diagnostics: [...loaded.diagnostics, ...(linked ? checkLinkedChannels(opened, linked) : [])],
    };
  };
  const expanded = expandLinks(runbook, load, section);
  const plan = planNeeds(expanded.plan);
  // What another section hands on is missed by its name, not read as empty.
  const whole = section === undefined ? undefined : planNeeds(expandLinks(runbook, load).plan);
  return { ...expanded, plan: whole === undefined ? plan : withNeedsOf(whole, plan) };
}

function withNeedsOf(whole: Plan, plan: Plan): Plan {
  const needs = new Map(
    whole.items.map((item) => [item.address, item.kind === 'block' ? item.needs : undefined]),
  );
  const items = plan.items.map((item): PlanItem => {
    const needed = needs.get(item.address);
    return item.kind === 'block' && needed !== undefined ? { ...item, needs: needed } : item;
  });
  return { ...plan, items };
}

/** A run has one set of channels: those that the configuration of the opened page names. */
function checkLinkedChannels(opened: string, linked: Runbook): readonly Diagnostic[] {
  return checkChannels(opened, linked).map(({ message, label: _label, ...rest }) => ({
    ...rest,
    message: `${message} for the page that is opened`,
    help: 'name it in the `runsheet.yaml` that holds for that page',
  }));
}
