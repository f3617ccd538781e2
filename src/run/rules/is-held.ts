// Owns what a run that may only look by itself holds back until somebody approves of all the rest.
import { digestOfCode } from '../digest-of-code.ts';
import { isForPerson, type PlanItem } from '../plan.ts';
import { hasChangingCondition } from '../rehearsal/has-changing-condition.ts';
import { type ItemState, isSettled, type RunState } from '../state.ts';

/** Whether nobody is there and only what looks may run by itself. */
export function looksOnly({ options, mode }: RunState): boolean {
  return options.may === 'read' && mode === 'unattended';
}

/**
 * Whether an item waits for an approval of the rest of the run: it is more than a look, has no gate of its own, and
 * nobody has approved of it with the rest.
 */
export function isHeld(state: RunState, item: PlanItem, known: ItemState): boolean {
  if (!looksOnly(state) || item.approve !== undefined || !isMoreThanLook(item)) return false;
  const now = digestOfItem(item, known);
  return !state.items.some(
    ({ approval }) =>
      approval?.rest === true &&
      approval.granted &&
      approval.of?.shells === state.shellsOpened &&
      approval.of.brings?.[item.address] === now,
  );
}

/** Digests of all that the run has still to do, its undos and its clean-up with it, by address. */
export function restOfRun({ plan, items, mainCount }: RunState): Readonly<Record<string, string>> {
  return Object.fromEntries(
    plan.items.flatMap((item, index) => {
      const known = items[index];
      // Undos are left out until a rollback takes them in.
      const isAhead = known !== undefined && (!isSettled(known.status) || index >= mainCount);
      return isAhead ? [[item.address, digestOfItem(item, known)]] : [];
    }),
  );
}

/** A digest of an item as it would run now. */
export function digestOfItem(item: PlanItem, { code }: ItemState): string {
  return digestOfCode(JSON.stringify(code === undefined ? item : { ...item, code }));
}

/** A link is what it brings. What a person does is the person's word already, but not what is asked before it. */
function isMoreThanLook(item: PlanItem): boolean {
  if (item.kind === 'runbook') return false;
  return (item.risk !== 'read' && !isForPerson(item)) || hasChangingCondition(item);
}
