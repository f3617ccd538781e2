// Owns which items of a run belong to which link to another runbook.
import type { PlanItem } from '../plan.ts';
import type { RunState } from '../state.ts';

type Placed = Pick<RunState, 'plan' | 'indexOf'>;

/** Indexes of the links that an item came through, the nearest first. */
export function enclosingLinks({ plan, indexOf }: Placed, item: PlanItem): readonly number[] {
  const found: number[] = [];
  for (let at = item.within; at !== undefined; ) {
    const index = indexOf.get(at);
    const link = index === undefined ? undefined : plan.items[index];
    if (index === undefined || link === undefined || found.includes(index)) break;
    found.push(index);
    at = link.within;
  }
  return found;
}

/** Indexes of everything that a link brings into the run, in its order; the undo items apart. */
export function membersOf(placed: Placed, link: number): readonly number[] {
  const members: number[] = [];
  for (let index = link + 1; ; index += 1) {
    const item = placed.plan.items[index];
    if (item === undefined || !enclosingLinks(placed, item).includes(link)) return members;
    members.push(index);
  }
}

/** Whether an item is a precondition of a linked runbook: nothing of that runbook runs before it holds. */
export function isInnerGate(item: PlanItem): boolean {
  return item.section === 'preconditions' && item.phase !== 'preconditions';
}

/** Whether it has to hold before something else runs: who knows that it holds marks it done, and nobody skips it. */
export function isAnyGate(item: PlanItem): boolean {
  return item.phase === 'preconditions' || isInnerGate(item);
}
