// Owns the list of steps beside the text: its rows, their order, and the part of it that fits.
import type { Address } from '../../../basics/address.ts';
import type { Phase, PlanItem } from '../../../run/plan.ts';
import type { Question } from '../../../run/question.ts';
import type { ItemState, RunState } from '../../../run/state.ts';
import { displayWidth, fitText } from '../../../text/display-width.ts';
import { visibleText } from '../../../text/visible-text.ts';
import type { Palette } from '../../../view/layout/palette.ts';
import { type StyledLine, styled } from '../../../view/layout/styled-line.ts';
import { phaseTitle } from '../../../view/words/phase-words.ts';
import { scrollInto } from '../layout.ts';
import { isAsked, statusLabel, statusMark } from './status-line.ts';

/** One row of the list of steps. */
export type OutlineRow =
  | { readonly type: 'heading'; readonly text: string }
  /** A step with several items; they follow below it. */
  | { readonly type: 'step'; readonly text: string }
  | { readonly type: 'item'; readonly address: Address; readonly text: string; readonly indent: number };

/** The rows of a run: what was chosen, by phase, and the undos once a rollback is planned. */
function outlineRows(state: RunState): OutlineRow[] {
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

function sameStep(left: PlanItem, right: PlanItem): boolean {
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

/** What the list of steps is made of. */
export interface OutlineView {
  readonly state: RunState;
  readonly question: Question | undefined;
  /** The item whose step is on the screen, or on which the cursor is. */
  readonly chosen: Address | undefined;
  /** Whether that is another one than the run is at. */
  readonly marked: boolean;
  /** Whether the list has the keys. */
  readonly focused: boolean;
  readonly width: number;
  readonly height: number;
  readonly palette: Palette;
}

/** As many rows as fit, with the chosen one among them. */
export function outlineLines(view: OutlineView): StyledLine[] {
  const rows = outlineRows(view.state);
  const at = rows.findIndex((row) => row.type === 'item' && row.address === view.chosen);
  // The heading above the chosen row says where it belongs.
  const from = at > 0 && rows[at - 1]?.type !== 'item' ? at - 1 : at;
  const top = scrollInto({ from: Math.max(0, from), to: Math.max(0, at + 2) }, rows.length, view.height);
  return rows.slice(top, top + view.height).map((row) => outlineLine(row, view));
}

function outlineLine(row: OutlineRow, view: OutlineView): StyledLine {
  const { width, palette, state, question, focused } = view;
  const { ellipsis } = palette.symbols;
  if (row.type === 'heading') return [styled(fitText(row.text, width, ellipsis), { bold: true })];
  if (row.type === 'step') return [styled(`   ${fitText(row.text, width - 4, ellipsis)}`, { tone: 'muted' })];
  const known = state.items[state.indexOf.get(row.address) ?? -1];
  if (!known) return [];
  const chosen = row.address === view.chosen;
  const mark = statusMark(plannedOf(known, question), isAsked(question, row.address));
  const right = statusLabel(known);
  const room = width - 4 - row.indent - (right === '' ? 0 : displayWidth(right) + 2);
  const text = fitText(row.text, Math.max(4, room), ellipsis);
  const gap = ' '.repeat(Math.max(0, room - displayWidth(text)));
  return [
    styled(chosen && view.marked ? palette.symbols.bullet : ' ', { tone: 'accent', bold: true }),
    styled(`${' '.repeat(row.indent)}${palette.symbols[mark.symbol]} `, {
      tone: mark.tone,
      bold: mark.symbol === 'arrow',
    }),
    styled(
      text,
      chosen
        ? { bold: true, inverse: focused }
        : known.status === 'pending'
          ? {}
          : { tone: toneOf(mark.tone) },
    ),
    ...(right === '' ? [] : [styled(`${gap}  ${right}`, { tone: 'muted' })]),
  ];
}

/** An undo that is still to be agreed to is nothing that was left out. */
function plannedOf(known: ItemState, question: Question | undefined): ItemState {
  const planned = question?.type === 'rollback-plan' && known.status === 'excluded';
  return planned ? { ...known, status: 'pending' } : known;
}

/** Titles stay calm: only what needs a person's eye is coloured. */
function toneOf(tone: string): 'bad' | 'warn' | 'muted' {
  return tone === 'bad' || tone === 'warn' ? tone : 'muted';
}
