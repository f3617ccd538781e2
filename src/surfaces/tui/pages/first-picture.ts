// Owns what is on the screen for the moment in which Ink is loaded.
import { displayWidth, fitText } from '../../../text/display-width.ts';
import { visibleText } from '../../../text/visible-text.ts';
import { paintLine } from '../../../view/layout/palette.ts';
import { lineWidth, type StyledLine, styled } from '../../../view/layout/styled-line.ts';
import { fitLine } from '../../../view/layout/wrap-runs.ts';
import { footerRows, headerRows, mainSize } from '../main-size.ts';
import { factsLine, progressLine } from './facts-line.ts';
import { keyHintLine } from './key-hint-line.ts';
import { lineFinder } from './mark-matches.ts';
import { questionLine } from './question-line.ts';
import type { ScreenModel, ScrollMetrics } from './screen-model.ts';
import { firstLineOf, shownText } from './shown-text.ts';

/** A picture and how far its text scrolls. */
export interface FirstPicture {
  readonly lines: readonly string[];
  readonly page: ScrollMetrics['page'];
}

/**
 * The title, the text, the question and its keys, each where it stays; what is beside them comes with Ink. To load React, Ink and
 * its layout takes as long as to start Node, and a first picture is to be there before.
 */
export function firstPicture(model: ScreenModel): FirstPicture {
  const { state, palette, size } = model;
  const { symbols } = palette;
  const main = mainSize(size);
  const text = shownText(model, main.columns);
  const top = firstLineOf(text, main.rows, model);
  const page = {
    top,
    length: text.lines.length,
    height: main.rows,
    until: text.at.to,
    find: lineFinder(text.lines),
  };
  const rule: StyledLine = [styled(symbols.horizontal.repeat(size.columns), { tone: 'muted' })];
  const progress = progressLine(state, symbols);
  const room = size.columns - lineWidth(progress) - 2;
  const title = fitText(visibleText(state.plan.title), room, symbols.ellipsis);
  const gap = styled(' '.repeat(Math.max(0, room - displayWidth(title) + 2)));
  const header = [
    [styled(title, { bold: true }), gap, ...progress],
    factsLine(state, model.elapsedMs, size.columns, symbols),
    rule,
  ];
  // What the keys of a question choose from comes with the whole; the first page is to be read, and begun from.
  const isWhole = model.ui.stage === 'welcome';
  const keys = isWhole
    ? keyHintLine(model.ui, { ...model.context, page }, size.columns, palette)
    : [styled('One moment', { tone: 'muted' })];
  const footer = [rule, questionLine(model), keys];
  const margin = styled(' '.repeat(size.columns - main.columns));
  const shown = Array.from({ length: main.rows }, (_, row) => [margin, ...(text.lines[top + row] ?? [])]);
  const lines = [
    ...header.slice(0, headerRows(size.rows)),
    ...shown,
    ...footer.slice(-footerRows(size.rows)),
  ];
  return {
    lines: lines.map((line) => paintLine(fitLine(line, size.columns, symbols.ellipsis), palette)),
    page,
  };
}
