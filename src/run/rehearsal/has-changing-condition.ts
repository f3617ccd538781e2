// Owns whether what is asked before an item changes something itself.
import { findEffect } from '../../languages/commands/find-effect.ts';
import type { PlanItem } from '../plan.ts';

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
