// Owns what a rehearsal leaves out.
import { findEffect } from '../../languages/commands/find-effect.ts';
import type { PlanItem } from '../plan.ts';
import type { RunState } from '../state.ts';

/**
 * What changes something, or may, or has a condition that does; what is for a person, where none is there; and validations of what was itself left
 * out, since they ask for what nobody has done.
 */
export function isLeftOut(state: RunState, item: PlanItem): boolean {
  if (item.kind === 'runbook') return false;
  if (item.risk !== 'read') return true;
  if (item.kind !== 'block' && state.mode === 'unattended') return true;
  if (conditionsOf(item).some((code) => findEffect(code, 'sh', 'changes') !== undefined)) return true;
  return !item.probe && (item.section ?? item.phase) === 'validation' && validatesWhatWasLeftOut(state, item);
}

/** The commands that are asked before it runs. */
function conditionsOf(item: PlanItem): readonly string[] {
  const asked = item.kind === 'block' ? item : item.kind === 'runbook' ? undefined : item.asking;
  return [asked?.when, asked?.check, asked?.hostsFrom, asked?.each?.from].filter(
    (code) => code !== undefined,
  );
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
