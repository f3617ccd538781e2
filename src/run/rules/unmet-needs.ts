// Owns whether the blocks have run that hand on what another block needs.
import type { Address } from '../../basics/address.ts';
import { scopedName } from '../inputs/scoped-outputs.ts';
import { useThatSets } from '../inputs/with-own-use.ts';
import type { BlockItem } from '../plan.ts';
import type { RunState } from '../state.ts';

/** A variable that is not set unless the environment has it, and in words why it is not. */
export interface UnmetNeed {
  readonly name: string;
  readonly why: string;
  /** What the environment has is of another use of the page, and never meant. */
  readonly isOfOtherUse?: true;
}

/** What the block needs and none of the blocks that would set it has run for. */
export function unmetNeeds(state: RunState, item: BlockItem): readonly UnmetNeed[] {
  return (item.needs ?? []).flatMap(({ name, from }): UnmetNeed[] => {
    // What another use of its page has set is not what an undo is to take back.
    const use = useThatSets(state.plan, item, name);
    if (Object.hasOwn(state.captured, use === undefined ? name : scopedName(use, name))) return [];
    const own = use === undefined ? from : from.filter((address) => address.startsWith(`${use}/`));
    const statuses = own.map((address) => statusOf(state, address));
    const first = own[0];
    if (first === undefined || statuses.some((status) => status === undefined)) return [];
    const isOfOtherUse = Object.hasOwn(state.captured, name);
    const why = `\`${first}\` sets it, and ${statuses[0]}`;
    return [{ name, why, ...(isOfOtherUse && { isOfOtherUse }) }];
  });
}

/** Why a block has set nothing; undefined where it has run to its end. */
function statusOf(state: RunState, address: Address): string | undefined {
  const known = state.items[state.indexOf.get(address) ?? -1];
  switch (known?.status) {
    case 'excluded':
      return 'is not part of this run';
    case 'skipped':
      return 'was skipped';
    case 'already-done':
      return 'was already done, so it did not run';
    case 'done':
      return 'was marked as done';
    case 'failed':
    case 'failed-continued':
    case 'retrying':
      return 'failed';
    case 'in-doubt':
    case 'running':
      return 'has not ended';
    case 'pending':
      // Of a block that has turns, other items may be left.
      return known?.turn !== undefined && known.result !== undefined ? undefined : 'has not run yet';
    default:
      return undefined;
  }
}
