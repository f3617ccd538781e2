// Owns the main column: the text, the output below it, and the panel below that.
import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { Pager as PagerState } from '../keys/ui-state.ts';
import { blockTerminalSize, mainSize } from '../main-size.ts';
import type { ShownOutput } from '../output/block-output.ts';
import { markMatches } from '../pages/mark-matches.ts';
import type { ScreenModel, ScrollMetrics } from '../pages/screen-model.ts';
import type { StepPage } from '../pages/step-page.ts';
import { lineRows } from './line.tsx';
import { Output } from './output.tsx';
import { Pager } from './pager.tsx';
import { Panel } from './panel.tsx';
import { type PanelContent, panelContent } from './panel-content.tsx';

/** Where a step has failed: rows of its text around what failed, of the end of its output, and of what can be chosen. */
const leastText = 3;
const leastOutput = 5;
const leastChoices = 4;

/** What stands in the column below the text, and how many rows each part has, titles included. */
export interface MainParts {
  /** All of an output, in the place of everything but the panel. */
  readonly pager: PagerState | undefined;
  readonly output: ShownOutput | undefined;
  readonly panel: PanelContent | undefined;
  readonly rows: { readonly page: number; readonly output: number; readonly panel: number };
}

/**
 * Shares the column: a panel is served first, since it asks something; then the output, then a text of `length` lines.
 * It is known before anything is drawn, because what is in sight depends on it; and Yoga 3.2 shrinks no box at all
 * where one of them would come below its least.
 */
export function shareMain(model: ScreenModel, length: number): MainParts {
  const { rows } = mainSize(model.size);
  const content = panelContent(model);
  const pager = model.output && model.ui.dialog?.type !== 'help' ? model.ui.pager : undefined;
  const shown = pager ? model.output : outputBelow(model);
  // What is chosen about stays in sight: some of the text, and the end of the output.
  const most = content?.isNeeded
    ? rows - 1
    : pager
      ? rows
      : Math.max(1, rows - rowsBeside(model, shown, rows));
  const panel = content ? Math.min(content.rows.length, most) + 1 : 0;
  const below = shown ? outputRows(shown, model, length, rows - panel) + 1 : 0;
  const output = pager ? rows - panel : below;
  return {
    ...{ pager, output: shown, panel: content },
    rows: { page: Math.max(0, rows - panel - output), output, panel },
  };
}

/** Rows that a panel leaves to the text and the output, its own title among them. */
function rowsBeside({ question }: ScreenModel, shown: ShownOutput | undefined, rows: number): number {
  if (!shown) return 3;
  if (question?.type !== 'failure') return 5;
  const wanted = leastText + Math.min(leastOutput, shown.screen.length) + 2;
  return Math.max(4, Math.min(wanted, rows - leastChoices));
}

/** The text, and what it shares the column with. */
export interface MainColumnProps {
  readonly model: ScreenModel;
  readonly text: StepPage;
  /** The text as it stands on this screen. */
  readonly page: ScrollMetrics['page'];
  readonly parts: MainParts;
  readonly onPager: (metrics: ScrollMetrics['pager']) => void;
}

/** The text, the output and the panel, or all of an output in their place. */
export function MainColumn({ model, text, page, parts, onPager }: MainColumnProps): ReactNode {
  const { pager, output, panel, rows } = parts;
  const below = linesBelow(page);
  return (
    <>
      {!pager && (
        <Box flexDirection="column" overflow="hidden" flexGrow={1} flexBasis={0}>
          {lineRows(linesInSight(model, text, page))}
        </Box>
      )}
      {pager && output && (
        <Pager model={model} pager={pager} output={output} height={rows.output} onLaidOut={onPager} />
      )}
      {!pager && output && <Output model={model} output={output} height={rows.output} below={below} />}
      {panel && <Panel content={panel} height={rows.panel} below={output ? 0 : below} />}
    </>
  );
}

function linesInSight({ ui }: ScreenModel, text: StepPage, { top, height }: ScrollMetrics['page']) {
  const lines = text.lines.slice(top, top + height);
  const { search } = ui;
  return search && ui.dialog?.type !== 'help' ? lines.map((line) => markMatches(line, search.text)) : lines;
}

/** Lines of a text that are out of sight below. */
export function linesBelow({ top, length, height }: ScrollMetrics['page']): number {
  return Math.max(0, length - top - height);
}

/** The output that stands below the text, if one does. */
function outputBelow({ ui, question, output, size }: ScreenModel): ShownOutput | undefined {
  // A plan is judged by what it will do, not by what the block before it printed.
  const isPlan = question?.type === 'rollback-plan' && ui.look === undefined;
  const isShown = ui.dialog?.type !== 'help' && !isPlan && mainSize(size).rows >= 3;
  return isShown && output && output.screen.length > 0 ? output : undefined;
}

/** Rows of an output in so many that it shares with a text, which gives way but for its beginning. */
function outputRows(output: ShownOutput, model: ScreenModel, length: number, rows: number): number {
  const { size } = model;
  if (output.live) return Math.max(1, Math.min(blockTerminalSize(size).rows, rows - 2));
  const failed = model.question?.type === 'failure';
  const least = failed ? Math.min(leastText, rows - 2) : Math.max(rows < 8 ? 1 : 4, Math.floor(rows / 2));
  // An output takes what the text leaves free: its end is worth more than empty rows.
  const room = rows - 1 - Math.min(length, least);
  return Math.max(1, Math.min(output.screen.length, room));
}
