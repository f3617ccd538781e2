// Owns whom the gate of an item asks, by the plan.
import { namedValue } from '../../basics/named-values.ts';
import type { TimeoutAction } from '../../runbook/runbook.ts';
import type { Plan, PlanItem } from '../plan.ts';

/** Whom a gate asks, and what becomes of it when nobody answers. */
export interface Gate {
  readonly name: string;
  readonly people: readonly string[];
  readonly count: number;
  readonly timeoutMs?: number;
  readonly onTimeout: TimeoutAction;
}

/** The gate that `approve=` asks for. */
export function gateOf(plan: Plan, requirement: NonNullable<PlanItem['approve']>): Gate {
  if (requirement.type === 'count') {
    return { name: String(requirement.count), people: [], count: requirement.count, onTimeout: 'deny' };
  }
  const group = namedValue(plan.approvalGroups, requirement.group);
  // A group that the front matter does not declare is a person's name.
  return group
    ? { name: requirement.group, ...group }
    : { name: requirement.group, people: [requirement.group], count: 1, onTimeout: 'deny' };
}
