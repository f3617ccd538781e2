// Owns what of a linked runbook runs where its link names a section.
import type { Runbook } from '../../runbook/runbook.ts';
import { closestName } from '../../text/closest-name.ts';
import type { PlanItem } from '../plan.ts';

/** The items of a section, or what it might have been called. */
export type ChosenSection =
  | { readonly items: readonly PlanItem[] }
  | { readonly closest: string | undefined };

/**
 * The items that stand below the heading with this anchor, or in the step of this name; undos that stand there are
 * among them, a rollback section of the whole page is not. What the page demands beforehand holds for its sections.
 */
export function chooseSection(runbook: Runbook, items: readonly PlanItem[], anchor: string): ChosenSection {
  const { anchors, source, steps } = runbook;
  const named = steps.find(({ name }) => name === anchor);
  const span = anchors.get(anchor) ?? anchors.get(anchor.toLowerCase()) ?? named?.span;
  if (span === undefined)
    return {
      closest: closestName(anchor.toLowerCase(), [...anchors.keys(), ...steps.map(({ name }) => name)]),
    };
  const from = source.lines.placeOf(span.start).line;
  const to = source.lines.placeOf(Math.max(span.start, span.end - 1)).line;
  const chosen = items.flatMap((item): readonly PlanItem[] => {
    if (item.phase === 'preconditions') return [item];
    if (item.line < from || item.line > to) return [];
    // Troubleshooting that is linked to is asked for by name.
    const { onDemand: _onDemand, ...rest } = item;
    return [rest];
  });
  return { items: chosen };
}
