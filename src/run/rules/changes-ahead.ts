// Owns which changes of a runbook matter to a run that is taken up again.
import type { Address } from '../../basics/address.ts';
import type { PlanItem } from '../plan.ts';
import { isSettled, type RunState } from '../state.ts';

interface EditedBlock {
  readonly address: Address;
  readonly code: string;
}

/** What has changed in what a run has still to do. */
export interface ChangesAhead {
  /** Blocks still to be run whose text alone is another: it can be taken. */
  readonly edited: readonly EditedBlock[];
  /** Blocks of the same kind that only a rollback would run, where it is none that is taken up. */
  readonly undos: readonly EditedBlock[];
  /** Items still to be done that are gone, or changed in more than their text: only the old ones can be run. */
  readonly other: readonly Address[];
  /** Items that the run does not know. */
  readonly added: readonly Address[];
}

/**
 * Compares what a run still has to do with the runbook as it is now. What has run is history, and what is undone
 * needs a decision only for a rollback. Compared is what would be run: a command that was edited in the run is that.
 */
export function changesAhead(
  state: RunState,
  now: readonly PlanItem[],
  { rollback }: { readonly rollback: boolean },
): ChangesAhead {
  const current = new Map(now.map((item) => [item.address, item]));
  const edited: EditedBlock[] = [];
  const undos: EditedBlock[] = [];
  const other: Address[] = [];
  state.plan.items.forEach((planned, index) => {
    const known = state.items[index];
    const isUndo = index >= state.mainCount;
    // Undos are left out until a rollback takes them in.
    if (known === undefined || (isSettled(known.status) && !(isUndo && known.status === 'excluded'))) return;
    if (rollback && !isUndo) return;
    const item =
      planned.kind === 'block' && known.code !== undefined ? { ...planned, code: known.code } : planned;
    const next = current.get(item.address);
    if (next !== undefined && meaning(next) === meaning(item)) return;
    if (next?.kind === 'block' && item.kind === 'block' && withoutCode(next) === withoutCode(item))
      (isUndo && !rollback ? undos : edited).push({ address: item.address, code: next.code });
    else if (isUndo === rollback) other.push(item.address);
  });
  const known = new Set(state.plan.items.map((item) => item.address));
  const added = now.filter((item) => !known.has(item.address) && (item.phase === 'rollback') === rollback);
  return { edited, undos, other, added: added.map((item) => item.address) };
}

/** An item as far as it matters to a run: where it stands and what it is titled does not. */
export function meaning({ line: _line, stepTitle: _title, ...item }: PlanItem): string {
  return JSON.stringify({ ...item, codeLines: undefined });
}

function withoutCode(item: PlanItem & { readonly kind: 'block' }): string {
  return meaning({ ...item, code: '' });
}
