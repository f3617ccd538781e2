// Owns what differs in the linked runbooks between the plan of a run and the plan as it would be now.
import type { Address } from '../../basics/address.ts';
import type { Plan, PlanItem } from '../plan.ts';
import { meaning } from './changes-ahead.ts';

/** What differs in what links bring in, by address. */
export interface LinkedComparison {
  readonly edited: readonly Address[];
  readonly gone: readonly Address[];
  readonly added: readonly Address[];
  /** For people: one line a linked runbook that is not the same; none when all are. */
  readonly lines: readonly string[];
}

/** Compares what links brought in, item by item. */
export function compareLinked(before: Plan, after: Plan): LinkedComparison {
  const now = new Map(after.linked?.map(({ file, digest }) => [file, digest]));
  const lines = (before.linked ?? []).flatMap(({ file, digest }) => {
    const current = now.get(file);
    if (current === digest) return [];
    const what = current === undefined ? 'is no longer linked, or cannot be read' : 'has changed';
    return [`the linked runbook \`${file}\` ${what} since`];
  });
  if (lines.length === 0) return { edited: [], gone: [], added: [], lines };
  const old = linkedItems(before);
  const current = linkedItems(after);
  const gone = [...old.keys()].filter((address) => !current.has(address));
  const added = [...current.keys()].filter((address) => !old.has(address));
  const edited = [...old].flatMap(([address, item]) => {
    const other = current.get(address);
    return other !== undefined && meaning(other) !== meaning(item) ? [address] : [];
  });
  return { edited, gone, added, lines };
}

function linkedItems({ items }: Plan): Map<Address, PlanItem> {
  return new Map(items.filter(({ within }) => within !== undefined).map((item) => [item.address, item]));
}
