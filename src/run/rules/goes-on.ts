// Owns whether a block goes on in the background.
import type { PlanItem } from '../plan.ts';
import type { ItemState } from '../state.ts';

/** Whether a block was started in the background and nobody has seen it end. */
export function goesOn(item: PlanItem | undefined, known: ItemState | undefined): boolean {
  if (item?.kind !== 'block' || !item.background || known?.status !== 'passed') return false;
  return known.endedByRun === undefined && known.result?.exitCode === null;
}
