// Owns what a rehearsal leaves out.
import type { PlanItem } from '../plan.ts';
import type { RunState } from '../state.ts';
import { hasChangingCondition } from './has-changing-condition.ts';

/**
 * What changes something, or may, or has a condition that does; what is for a person, where none is there; and validations of what was itself left
 * out, since they ask for what nobody has done.
 */
export function isLeftOut(state: RunState, item: PlanItem): boolean {
  if (item.kind === 'runbook') return false;
  if (item.risk !== 'read') return true;
  if (item.kind !== 'block' && state.mode === 'unattended') return true;
  if (hasChangingCondition(item)) return true;
  return !item.probe && (item.section ?? item.phase) === 'validation' && validatesWhatWasLeftOut(state, item);
}

/** Of one step where it validates one, else of all that comes before it. */
function validatesWhatWasLeftOut({ plan, items }: RunState, { validates, address }: PlanItem): boolean {
  for (const [index, other] of plan.items.entries()) {
    if (other.address === address) return false;
    if (validates !== undefined && other.step !== validates) continue;
    if (items[index]?.skipReason === 'rehearsal') return true;
  }
  return false;
}
