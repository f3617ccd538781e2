// Owns which changes of a runbook matter to a run that is taken up again.
import type { Address } from '../../basics/address.ts';
import { namedValue } from '../../basics/named-values.ts';
import type { Plan, PlanItem } from '../plan.ts';
import { isSettled, type RunState } from '../state.ts';
import { type ChangedSetting, changedSettings, type SettingName } from './changed-settings.ts';
import { movedOf } from './moved-of.ts';

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
  /** Items still to be done that are the same, in another order. */
  readonly moved: readonly Address[];
  /** Items that the run does not know. */
  readonly added: readonly Address[];
  /** Keys of the front matter that say how what is still to be done is run. */
  readonly settings: readonly SettingName[];
}

/**
 * Compares what a run still has to do with the runbook as it is now. What has run is history, and what is undone
 * needs a decision only for a rollback. Compared is what would be run: a command that was edited in the run is that.
 */
export function changesAhead(
  state: RunState,
  now: Plan,
  { rollback }: { readonly rollback: boolean },
): ChangesAhead {
  const current = new Map(now.items.map((item) => [item.address, item]));
  const edited: EditedBlock[] = [];
  const undos: EditedBlock[] = [];
  const other: Address[] = [];
  const ahead: PlanItem[] = [];
  state.plan.items.forEach((planned, index) => {
    const known = state.items[index];
    const isUndo = index >= state.mainCount;
    // Undos are left out until a rollback takes them in.
    if (known === undefined || (isSettled(known.status) && !(isUndo && known.status === 'excluded'))) return;
    if (rollback && !isUndo) return;
    const item =
      planned.kind === 'block' && known.code !== undefined ? { ...planned, code: known.code } : planned;
    if (isUndo === rollback) ahead.push(item);
    const next = current.get(item.address);
    if (next !== undefined && isSame(item, next)) return;
    if (next?.kind === 'block' && item.kind === 'block' && withoutCode(next) === withoutCode(item))
      (isUndo && !rollback ? undos : edited).push({ address: item.address, code: next.code });
    else if (isUndo === rollback) other.push(item.address);
  });
  const known = new Set(state.plan.items.map((item) => item.address));
  const added = now.items.filter(
    (item) => !known.has(item.address) && (item.phase === 'rollback') === rollback,
  );
  return {
    edited,
    undos,
    other,
    moved: movedAhead(ahead, now.items),
    added: added.map((item) => item.address),
    settings: changedSettings(state.plan, now).flatMap((setting) =>
      matters(state, setting, ahead) ? [setting.name] : [],
    ),
  };
}

/** Undos come in the order in which their steps were done: only those of one step have one of their own. */
function movedAhead(ahead: readonly PlanItem[], now: readonly PlanItem[]): readonly Address[] {
  const current = new Set(now.map(({ address }) => address));
  const groups = new Map<string | undefined, Set<Address>>();
  for (const { address, phase, undoes } of ahead) {
    if (!current.has(address)) continue;
    const key = phase === 'rollback' ? undoes : 'run';
    groups.set(key, (groups.get(key) ?? new Set()).add(address));
  }
  const moved = new Set(
    [...groups.values()].flatMap((group) =>
      movedOf(
        [...group],
        now.flatMap(({ address }) => (group.has(address) ? [address] : [])),
      ),
    ),
  );
  // What a link brings moves with it.
  const carried = ahead.filter(({ within }) => within !== undefined && moved.has(within));
  for (const { address } of carried) moved.delete(address);
  return [...moved];
}

/** Whether anything that is still to be done goes by it. */
function matters(
  { plan, inputs }: RunState,
  { name, entries }: ChangedSetting,
  ahead: readonly PlanItem[],
): boolean {
  const running = ahead.flatMap((item) =>
    item.kind === 'block' ? [item] : 'asking' in item && item.asking ? [item.asking] : [],
  );
  switch (name) {
    case 'inputs':
      // Who has given another value than the page did has said what it is to be.
      return entries.some((entry) => {
        const before = plan.inputs?.find((input) => input.name === entry)?.default;
        return ahead.length > 0 && before !== undefined && namedValue(inputs, entry) === before;
      });
    case 'interpreters':
      return running.some(({ language }) => entries.includes(language));
    case 'approvals':
      return ahead.some(({ approve }) => approve?.type === 'group' && entries.includes(approve.group));
    case 'env':
    case 'cwd':
    case 'shell':
      return running.length > 0;
    case 'notify':
    case 'escalation':
    case 'updates':
      return ahead.length > 0;
  }
}

/** Earlier versions did not keep all that a person is told, which then says nothing of it. */
function isSame(planned: PlanItem, next: PlanItem): boolean {
  const isKept = planned.kind !== 'manual' || planned.instruction !== undefined;
  if (isKept || next.kind !== 'manual') return meaning(next) === meaning(planned);
  const { instruction: _instruction, ...known } = next;
  return meaning(known) === meaning(planned);
}

/** An item as far as it matters to a run: where it stands, what it is titled and which boxes are ticked does not. */
export function meaning({ line: _line, stepTitle: _title, ...item }: PlanItem): string {
  const entries = item.kind === 'checklist' && { entries: item.entries.map(({ text }) => text) };
  return JSON.stringify({ ...item, codeLines: undefined, ...entries });
}

function withoutCode(item: PlanItem & { readonly kind: 'block' }): string {
  return meaning({ ...item, code: '' });
}
