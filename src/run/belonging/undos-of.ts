// Owns what would take an item back.
import type { Plan, PlanItem } from '../plan.ts';

/** Undos of an item's own step or of a link around it; without one, those of the rollback section of the runbook. */
export interface Undos {
  readonly items: readonly PlanItem[];
  readonly of: 'step' | 'runbook';
}

/** What would undo an item; undefined where nothing is written that would. */
export function undosOf({ items }: Plan, item: PlanItem): Undos | undefined {
  const undos = items.filter(({ phase }) => phase === 'rollback');
  for (let at: PlanItem | undefined = item; at !== undefined; ) {
    const { step, within }: PlanItem = at;
    const own = undos.filter((undo) => undo.undoes === step && !isOfAnotherFile(undo, item));
    if (own.length > 0) return { items: own, of: 'step' };
    at = within === undefined ? undefined : items.find(({ address }) => address === within);
  }
  const shared = undos.filter(({ undoes }) => undoes === undefined);
  return shared.length > 0 ? { items: shared, of: 'runbook' } : undefined;
}

/** Putting back a file takes back the block that has written it, and no other one of its step. */
function isOfAnotherFile(undo: PlanItem, item: PlanItem): boolean {
  return (
    item.kind === 'block' &&
    undo.kind === 'block' &&
    undo.restores !== undefined &&
    undo.restores !== item.address
  );
}

/** Whether an item changes something that a rollback may have to take back; of what people do, only what destroys. */
export function mayNeedUndo({ phase, risk, kind }: PlanItem): boolean {
  return phase === 'steps' && (kind === 'block' ? risk !== 'read' : risk === 'destructive');
}
