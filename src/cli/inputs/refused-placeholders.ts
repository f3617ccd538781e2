// Owns which placeholders matter to the items that a run may come to; asks for no value.
import type { Plan, PlanItem } from '../../run/plan.ts';
import type { Unfillable } from '../../run/planning/plan-placeholders.ts';
import type { InputDeclaration } from '../../runbook/runbook.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';

/** Errors for the placeholders of these items that cannot be handed over: nothing goes to a shell as it is written. */
export function refusedPlaceholders(
  unfillable: readonly Unfillable[],
  items: readonly PlanItem[],
): readonly Diagnostic[] {
  const chosen = new Set(items.map(({ address }) => address));
  return unfillable
    .filter(({ address }) => chosen.has(address))
    .map(({ diagnostic }) => ({ ...diagnostic, severity: 'error' }));
}

/** The inputs of a run of these items: every declared one, and the placeholders that they hold. */
export function wantedInputs(plan: Plan, items: readonly PlanItem[]): readonly InputDeclaration[] {
  const held = new Set(
    items.flatMap((item) => (item.kind === 'block' ? Object.values(item.placeholders ?? {}) : [])),
  );
  return (plan.inputs ?? []).filter(({ placeholder }) => !placeholder || held.has(placeholder.variable));
}
