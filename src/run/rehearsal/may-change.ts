// Owns whether an item may change something, by itself or by what is asked before it.
import { findEffect } from '../../languages/commands/find-effect.ts';
import type { PlanItem } from '../plan.ts';

/** Whether it is more than a look; a link is what it brings. */
export function mayChange(item: PlanItem): boolean {
  return item.kind !== 'runbook' && (item.risk !== 'read' || hasChangingCondition(item));
}

/** Whether one of the commands that are asked before it is known to change something. */
export function hasChangingCondition(item: PlanItem): boolean {
  return conditionsOf(item).some((code) => findEffect(code, 'sh', 'changes') !== undefined);
}

function conditionsOf(item: PlanItem): readonly string[] {
  const asked = item.kind === 'block' ? item : item.kind === 'runbook' ? undefined : item.asking;
  return [asked?.when, asked?.check, asked?.hostsFrom, asked?.each?.from].filter(
    (code) => code !== undefined,
  );
}
