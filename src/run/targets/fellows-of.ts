// Owns which blocks are done with an item of their list before the next item is begun.
import type { Plan } from '../plan.ts';

const found = new WeakMap<Plan, ReadonlyMap<number, readonly number[]>>();

/** The indexes of a block's step that share its list with it, itself included; none where it goes through its list alone. */
export function fellowsOf(plan: Plan, index: number): readonly number[] {
  let groups = found.get(plan);
  if (groups === undefined) {
    groups = groupsOf(plan);
    found.set(plan, groups);
  }
  return groups.get(index) ?? [];
}

function groupsOf({ items }: Plan): ReadonlyMap<number, readonly number[]> {
  const byKey = new Map<string, number[]>();
  for (const [index, item] of items.entries()) {
    if (item.kind !== 'block' || !item.hasTurns) continue;
    const { within, step, phase, section, undoes, validates, each } = item;
    const key = JSON.stringify([within, undoes ?? step, phase, section, validates, each?.name]);
    byKey.set(key, [...(byKey.get(key) ?? []), index]);
  }
  const groups = new Map<number, readonly number[]>();
  for (const members of byKey.values()) for (const member of members) groups.set(member, members);
  return groups;
}
