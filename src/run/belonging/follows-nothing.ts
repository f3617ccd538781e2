// Owns whether a handler has anything to follow.
import type { PlanItem } from '../plan.ts';
import type { RunState } from '../state.ts';

/** True for a handler none of whose blocks was begun, or done by a person: what was done already has changed nothing. */
export function followsNothing(state: RunState, item: PlanItem): boolean {
  if (item.kind !== 'block' || item.follows === undefined) return false;
  return item.follows.every((followed) => {
    const known = state.items[state.indexOf.get(followed) ?? -1];
    return known?.touched !== true && known?.status !== 'done';
  });
}
