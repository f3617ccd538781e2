// Owns whether what an item validates has been left out by its own condition.
import type { Address } from '../../basics/address.ts';
import type { PlanItem } from '../plan.ts';
import type { ItemState, RunState } from '../state.ts';

/** True of a validation whose step was skipped as a whole because the `when` of its heading does not hold. */
export function isRuledOut(state: RunState, { ruledOutWith = [] }: PlanItem): boolean {
  return ruledOutWith.length > 0 && ruledOutWith.every((at) => isSkipped(itemAt(state, at)));
}

/** Hosts, or items of its list, of which the same is true, where others were not skipped. */
export function hostsRuledOut(state: RunState, { ruledOutWith = [] }: PlanItem): ReadonlySet<string> {
  const [first, ...others] = ruledOutWith.map((at) => hostsSkipped(itemAt(state, at)));
  return new Set([...(first ?? [])].filter((host) => others.every((hosts) => hosts.has(host))));
}

function itemAt({ items, indexOf }: RunState, at: Address): ItemState | undefined {
  return items[indexOf.get(at) ?? -1];
}

function isSkipped(known: ItemState | undefined): boolean {
  return known?.status === 'skipped' && known.skipReason === 'condition';
}

function hostsSkipped(known: ItemState | undefined): ReadonlySet<string> {
  const skipped = Object.values(known?.onHosts ?? {}).filter(
    ({ status, attempt }) => status === 'skipped' && attempt === undefined,
  );
  return new Set(skipped.map(({ host }) => host));
}
