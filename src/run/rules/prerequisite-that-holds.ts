// Owns whether a linked page that is a prerequisite holds already, by its probes.
import type { Address } from '../../basics/address.ts';
import type { PlanItem } from '../plan.ts';
import type { ItemState, RunState } from '../state.ts';
import { enclosingLinks } from './enclosing-links.ts';

/** The prerequisite that an item is part of, where all its probes hold and nothing of it has to be done. */
export function prerequisiteThatHolds(state: RunState, item: PlanItem): Address | undefined {
  if (item.within === undefined || item.probe) return undefined;
  for (const index of enclosingLinks(state, item)) {
    const link = state.plan.items[index];
    if (link?.kind !== 'runbook' || !link.prerequisite || state.items[index]?.status !== 'running') continue;
    const probes = probesOf(state, link.address);
    if (probes.length > 0 && probes.every(holds) && probes.some(({ status }) => status !== 'skipped'))
      return link.address;
  }
  return undefined;
}

/** Whether another probe has said already that the prerequisite of this one does not hold. */
export function isRefuted(state: RunState, probe: PlanItem): boolean {
  if (!probe.probe || probe.within === undefined) return false;
  return probesOf(state, probe.within).some((known) => isOver(known) && !holds(known));
}

function probesOf({ plan, items, indexOf }: RunState, link: Address): readonly ItemState[] {
  const probes: ItemState[] = [];
  // They stand right behind their link.
  for (let index = (indexOf.get(link) ?? plan.items.length) + 1; ; index += 1) {
    const item = plan.items[index];
    const known = items[index];
    if (!item?.probe || item.within !== link || !known) return probes;
    probes.push(known);
  }
}

function isOver({ status }: ItemState): boolean {
  return status !== 'pending' && status !== 'running' && status !== 'retrying' && status !== 'in-doubt';
}

function holds({ status, result, skipReason }: ItemState): boolean {
  if (status === 'passed') return !result?.finding;
  if (status === 'skipped') return skipReason === 'condition';
  return status === 'done' || status === 'already-done';
}
