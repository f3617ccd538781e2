// Owns the list of steps beside the text: its rows and their order.
import type { Address } from '../../../basics/address.ts';
import type { Phase, PlanItem } from '../../../run/plan.ts';
import type { RunState } from '../../../run/state.ts';
import { visibleText } from '../../../text/visible-text.ts';
import { phaseTitle } from '../../../view/words/phase-words.ts';

/** One row of the list of steps. */
export type OutlineRow =
  | { readonly type: 'heading'; readonly text: string }
  /** A step with several items; they follow below it. */
  | { readonly type: 'step'; readonly text: string }
  | { readonly type: 'item'; readonly address: Address; readonly text: string; readonly indent: number };

/** The rows of a run: what was chosen, by phase, and the undos once a rollback is planned. */
export function outlineRows(state: RunState): OutlineRow[] {
  const shown = shownItems(state);
  const rows: OutlineRow[] = [];
  let before: PlanItem | undefined;
  let phase: Phase | undefined;
  for (const [index, item] of shown.entries()) {
    const checks = checksStepAbove(item, before);
    if (!checks && item.phase !== phase) {
      phase = item.phase;
      rows.push({ type: 'heading', text: phaseTitle(item.phase) });
    }
    const continues = before !== undefined && sameStep(before, item) && before.phase === item.phase;
    const next = shown[index + 1];
    const goesOn = next !== undefined && sameStep(item, next) && next.phase === item.phase;
    if (!checks && !continues && goesOn) rows.push({ type: 'step', text: visibleText(item.stepTitle) });
    // A section that is one step has its title above it already.
    const isSection = item.stepTitle.trim().toLowerCase() === phaseTitle(item.phase).toLowerCase();
    const isPart = continues || goesOn || checks || isSection || item.phase === 'rollback';
    rows.push({
      type: 'item',
      address: item.address,
      text: isPart ? partText(item) : visibleText(item.stepTitle),
      indent: continues || goesOn || checks ? 2 : 0,
    });
    before = item;
  }
  return rows;
}

/** Whether an item is the validation of the very step whose items stand above it, and so belongs below them. */
function checksStepAbove(item: PlanItem, above: PlanItem | undefined): boolean {
  if (item.validates === undefined || above === undefined) return false;
  return above.step === item.validates || above.validates === item.validates;
}

/** The items of the outline from top to bottom. */
export function outlineOrder(state: RunState): Address[] {
  return shownItems(state).map(({ address }) => address);
}

function shownItems(state: RunState): PlanItem[] {
  const main = state.plan.items.filter(
    (_, index) => index < state.mainCount && state.items[index]?.status !== 'excluded',
  );
  const undo = (state.rollback?.order ?? []).flatMap((index) => state.plan.items[index] ?? []);
  return [...main, ...undo];
}

/** Whether two items are parts of one step. */
export function sameStep(left: PlanItem, right: PlanItem): boolean {
  return left.step === right.step && left.undoes === right.undoes && left.validates === right.validates;
}

/** What sets an item off from its neighbours in the same step: its name where it has one, else what it does. */
export function partText(item: PlanItem): string {
  if (!item.address.startsWith(item.step)) return visibleText(item.address);
  switch (item.kind) {
    case 'block':
      return visibleText(
        item.code.split('\n').find((line) => line.trim() !== '' && !line.startsWith('#')) ?? item.language,
      );
    case 'checklist':
      return 'checklist';
    case 'manual':
      return visibleText(item.text);
    case 'runbook':
      return visibleText(item.target);
  }
}
