// Owns which text the main column shows, and where in it the operator is.
import { isGoodEnd } from '../../../run/outcomes.ts';
import type { StyledLine } from '../../../view/layout/styled-line.ts';
import { keyBindingsOf } from '../keys/key-binding.ts';
import { clampTop, scrollInto } from '../keys/scroll-into.ts';
import { endingLines } from './ending-lines.ts';
import { guardLines } from './guard-lines.ts';
import { helpLines } from './help-lines.ts';
import { openingLines } from './opening-lines.ts';
import type { ScreenModel } from './screen-model.ts';
import type { StepPage } from './step-page.ts';

/** Lines longer than this are hard to read, however wide the terminal is. */
const widestOpening = 100;

/** The text of the main column: the keys, a step, or the opening or the end of the run. */
export function shownText(model: ScreenModel, width: number): StepPage {
  const { ui, question, state, current, pages } = model;
  if (ui.dialog?.type === 'help') {
    const { about } = ui.dialog;
    const keys = about === 'keys' ? helpLines(keyBindingsOf(ui, model.context), width) : undefined;
    return whole(keys ?? guardLines(state, width, model.palette), 0);
  }
  if (ui.look === undefined && ui.stage === 'welcome') return whole(opening(model, width));
  if (ui.look === undefined && ui.stage === 'end') return whole(ending(model, width));
  const address = ui.look ?? current;
  if (address === undefined) return whole([]);
  return pages.page({ address, state, question, listAt: ui.listAt, width });
}

function opening({ runbook, state, pages, remarks, palette }: ScreenModel, width: number): StyledLine[] {
  const prose = pages.opening(width);
  return openingLines({ runbook, state, prose, remarks, width: Math.min(width, widestOpening), palette });
}

function ending({ state, ended, elapsedMs, pages, palette }: ScreenModel, width: number): StyledLine[] {
  const lines = endingLines({ state, ended, tookMs: elapsedMs, width, palette });
  const after = isGoodEnd(state.outcome) ? pages.closing(width) : [];
  return after.length > 0 ? [...lines, [], ...after] : lines;
}

/** A text without an item at hand; all of it is to be read but for what no key waits for. */
function whole(lines: readonly StyledLine[], to = lines.length): StepPage {
  return { lines, at: { from: 0, block: 0, to } };
}

/** First line to show of a text in so many rows: where it was scrolled to, else where it begins. */
export function firstLineOf(text: StepPage, rows: number, model: ScreenModel): number {
  const { ui } = model;
  const top = ui.dialog?.type === 'help' ? ui.dialog.top : (ui.pageTop ?? begin(text, rows, model));
  return clampTop(top, text.lines.length, rows);
}

/** At the prose while something is asked about it, else so that what is run is in sight. */
function begin({ lines, at }: StepPage, rows: number, { ui, question, current }: ScreenModel): number {
  if (lines.length <= rows || ui.look !== undefined || ui.stage !== 'run') return 0;
  if (question?.type === 'checklist') {
    const line = at.block + ui.listAt;
    return scrollInto({ from: Math.max(0, line - 2), to: line + 1 }, lines.length, rows);
  }
  const asked = question !== undefined && 'address' in question && question.address === current;
  if (asked && question.type !== 'failure' && question.type !== 'in-doubt') return at.from;
  if (at.failed !== undefined) return clampTop(at.failed - Math.floor(rows / 2), lines.length, rows);
  return scrollInto({ from: at.block, to: Math.min(at.to, at.block + rows) - 1 }, lines.length, rows);
}
