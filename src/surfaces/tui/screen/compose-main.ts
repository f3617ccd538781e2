// Owns what the main column shows: the text, the output below it, and the panel below that.
import type { Address } from '../../../basics/address.ts';
import type { RunState } from '../../../run/state.ts';
import { fitText } from '../../../text/display-width.ts';
import { type Palette, paintLine } from '../../../view/layout/palette.ts';
import { lineWidth, type StyledLine, type StyledRun, styled } from '../../../view/layout/styled-line.ts';
import { fitLine } from '../../../view/layout/wrap-runs.ts';
import { formatBytes } from '../../../view/words/format-bytes.ts';
import { counted, quoted } from '../../../view/words/quoted.ts';
import { keyBindingsOf, menuOf } from '../keys/key-binding.ts';
import { keysGoToBlock } from '../keys/ui-state.ts';
import { clampTop, divideMain, type MainLayout, type Rect, scrollInto } from '../layout.ts';
import { composePanel, cutPanel, type Panel } from './compose-panel.ts';
import { endingLines } from './ending-lines.ts';
import { belowWords } from './footer-lines.ts';
import { helpLines } from './help-lines.ts';
import { openingLines } from './opening-lines.ts';
import type { Pane, ScreenModel, ScrollMetrics, ShownOutput } from './screen-model.ts';
import type { StepPage } from './step-page.ts';

/** Lines of the previous block's output that stay in sight while the next one is asked about. */
const previousShare = 3;

/** The panes of the main column, and what others need to know of them. */
export interface MainColumn {
  readonly panes: readonly Pane[];
  readonly metrics: ScrollMetrics;
  /** Lines of the text that do not fit and that no line of the main column counts. */
  readonly below: number;
  readonly cursor?: { readonly column: number; readonly row: number };
}

/** Text as a pane: cut to its place, with the palette's escapes. */
export function paintPane(key: string, rect: Rect, lines: readonly StyledLine[], palette: Palette): Pane {
  const shown = lines
    .slice(0, rect.height)
    .map((line) => fitLine(line, rect.width, palette.symbols.ellipsis));
  return { key, ...rect, lines: shown.map((line) => paintLine(line, palette)) };
}

const noPager: ScrollMetrics['pager'] = { length: 0, height: 1 };

/** Some text in place of everything else in the main column. */
export function coverMain(lines: readonly StyledLine[], rect: Rect, palette: Palette, top = 0): MainColumn {
  const first = clampTop(top, lines.length, rect.height);
  const page = { top: first, length: lines.length, height: rect.height, until: 0 };
  return {
    panes: [paintPane('page', rect, lines.slice(first), palette)],
    metrics: { page, pager: noPager },
    below: lines.length - first - rect.height,
  };
}

/** The main column of this moment. */
export function composeMain(model: ScreenModel, rect: Rect): MainColumn {
  const { ui, state, question, palette, context } = model;
  if (ui.dialog?.type === 'help') {
    return coverMain(helpLines(keyBindingsOf(ui, context), rect.width), rect, palette, ui.dialog.top);
  }
  const menu = menuOf(question, context);
  const panel = composePanel({ ui, state, question, menu, width: rect.width, palette });
  if (ui.pager && model.output) return composePager(model, rect, model.output, panel);
  return composePage(model, rect, panel);
}

/** The text, with the output and the panel below it. */
function composePage(model: ScreenModel, rect: Rect, panel: Panel | undefined): MainColumn {
  const { ui, question, palette } = model;
  const text = textOf(model, rect.width);
  // A plan is judged by what it will do, not by what the block before it printed.
  const isPlan = question?.type === 'rollback-plan' && ui.look === undefined;
  const output = model.output && model.output.screen.length > 0 && !isPlan ? model.output : undefined;
  const rows = output && outputSpace(output, ui.look ?? model.current, rect.height);
  const parts = divideMain(rect, {
    page: text.lines.length,
    ...(rows !== undefined && { output: rows }),
    ...(panel && { panel: panel.lines.length }),
  });
  const { height } = parts.page;
  const top = clampTop(ui.pageTop ?? firstLine(text, height, model), text.lines.length, height);
  const below = text.lines.length - top - height;
  const outputPart = output && composeOutput(model, output, parts, below);
  const panelPart = panel && placePanel(panel, parts, palette, parts.output ? 0 : below);
  const cursor = panelPart?.cursor ?? outputPart?.cursor;
  const hasRule = parts.outputRule !== undefined || parts.panelRule !== undefined;
  return {
    panes: [
      paintPane('page', parts.page, text.lines.slice(top), palette),
      ...(outputPart?.panes ?? []),
      ...(panelPart?.panes ?? []),
    ],
    metrics: { page: { top, length: text.lines.length, height, until: text.at.to }, pager: noPager },
    below: hasRule ? 0 : below,
    ...(cursor && { cursor }),
  };
}

/** Some panes, and the cursor if it stands in them. */
type PlacedPanes = Pick<MainColumn, 'panes' | 'cursor'>;

/** The output below the text; `below` lines of the text are out of sight. */
function composeOutput(
  { ui, state, current, palette, context }: ScreenModel,
  output: ShownOutput,
  { output: rect, outputRule }: MainLayout,
  below: number,
): PlacedPanes | undefined {
  if (!rect || !outputRule) return undefined;
  const { screen, live } = output;
  const title = outputTitle(output, ui.look ?? current, state);
  const first = firstOutputLine(output, rect.height);
  const panes = [
    paintPane('output-rule', outputRule, [ruleLine(title, outputRule.width, palette, below)], palette),
    { key: 'output', ...rect, lines: screen.lines(first, rect.height) },
  ];
  const row = screen.screenTop + screen.cursor.row - first;
  const hasCursor = live && keysGoToBlock(ui, context.childAttached) && row >= 0 && row < rect.height;
  if (!hasCursor) return { panes };
  return { panes, cursor: { column: rect.left + screen.cursor.column, row: rect.top + row } };
}

/** Where the shown part of an output begins: its end is in sight, of a running block its screen. */
function firstOutputLine({ screen, live }: ShownOutput, height: number): number {
  if (!live) return Math.max(0, screen.length - height);
  // A short output of a running block starts at the top of its pane.
  if (screen.screenTop === 0 && screen.cursor.row < height) return 0;
  return Math.max(0, screen.screenTop, screen.screenTop + screen.rows - height);
}

/** The panel in its place; `below` lines of the text are out of sight, where no other line says so. */
function placePanel(
  panel: Panel,
  { panel: rect, panelRule }: MainLayout,
  palette: Palette,
  below: number,
): PlacedPanes | undefined {
  if (!rect || !panelRule) return undefined;
  const { lines, cursor } = cutPanel(panel, rect.height);
  const title = ruleLine([styled(panel.title, { bold: true })], panelRule.width, palette, below);
  const panes = [
    paintPane('panel-rule', panelRule, [title], palette),
    paintPane('panel', rect, lines, palette),
  ];
  if (!cursor) return { panes };
  return { panes, cursor: { column: rect.left + cursor.column, row: rect.top + cursor.row } };
}

/** The text of the main column: a step, or the opening or the end of the run. */
function textOf(
  { ui, state, question, current, runbook, pages, remarks, elapsedMs, ended, palette }: ScreenModel,
  width: number,
): StepPage {
  const whole = (lines: readonly StyledLine[]): StepPage => ({
    lines,
    at: { from: 0, block: 0, to: lines.length },
  });
  if (ui.look === undefined && ui.stage === 'welcome') {
    return whole(
      openingLines({
        runbook,
        state,
        prose: pages.opening(width),
        remarks,
        width: Math.min(width, 100),
        palette,
      }),
    );
  }
  if (ui.look === undefined && ui.stage === 'end') {
    const ending = endingLines({ state, ended, tookMs: elapsedMs, width, palette });
    const after = state.outcome === 'succeeded' ? pages.closing(width) : [];
    return whole(after.length > 0 ? [...ending, [], ...after] : ending);
  }
  const address = ui.look ?? current;
  if (address === undefined) return whole([]);
  return pages.page({ address, state, question, listAt: ui.listAt, width });
}

/** Where a text begins: at its prose while something is asked about it, else so that what is run is in sight. */
function firstLine({ lines, at }: StepPage, height: number, { ui, question, current }: ScreenModel): number {
  if (lines.length <= height || ui.look !== undefined || ui.stage !== 'run') return 0;
  if (question?.type === 'checklist') {
    const line = at.block + ui.listAt;
    return scrollInto({ from: Math.max(0, line - 2), to: line + 1 }, lines.length, height);
  }
  const asked = question !== undefined && 'address' in question && question.address === current;
  if (asked && question.type !== 'failure' && question.type !== 'in-doubt') return at.from;
  return scrollInto({ from: at.block, to: Math.min(at.to, at.block + height) - 1 }, lines.length, height);
}

function outputSpace(output: ShownOutput, shown: Address | undefined, rows: number): 'live' | number {
  if (output.live) return 'live';
  const { length } = output.screen;
  return output.address === shown ? length : Math.min(length, Math.max(1, Math.floor(rows / previousShare)));
}

function outputTitle(
  { address, screen, live }: ShownOutput,
  shown: Address | undefined,
  state: RunState,
): StyledRun[] {
  const known = state.items[state.indexOf.get(address) ?? -1];
  const tone = known?.status === 'failed' ? 'bad' : 'muted';
  const of = address === shown ? 'output' : `output of ${quoted(address)}`;
  const amount = screen.newlines > 0 ? ` · ${counted(screen.newlines, 'line')}` : '';
  const skipped = screen.skipped > 0 ? ` · ${formatBytes(screen.skipped)} went by unseen, all is kept` : '';
  return [
    styled(of, { tone, bold: address === shown }),
    styled(`${live ? ' · running' : ''}${amount}${skipped}`, { tone: 'muted' }),
  ];
}

/** `── title ────── 3 lines below ──`, as wide as asked. */
function ruleLine(title: readonly StyledRun[], width: number, { symbols }: Palette, below = 0): StyledLine {
  const bar = symbols.horizontal;
  const words = belowWords(below);
  const text = title.map((piece) => piece.text).join('');
  // The title is worth more than the count.
  const more = lineWidth(title) + words.length + 8 <= width ? words : '';
  const room = width - 4 - (more === '' ? 0 : more.length + 4);
  const fitted =
    lineWidth(title) <= room ? title : [styled(fitText(text, room, symbols.ellipsis), title[0]?.style ?? {})];
  const rest = Math.max(0, room - lineWidth(fitted));
  return [
    styled(`${bar}${bar} `, { tone: 'muted' }),
    ...fitted,
    styled(` ${bar.repeat(rest)}`, { tone: 'muted' }),
    ...(more === '' ? [] : [styled(` ${more} `, { tone: 'accent' }), styled(bar + bar, { tone: 'muted' })]),
  ];
}

/** All of an output, to scroll and search in; the line to type in stands below it. */
function composePager(
  { ui, state, palette }: ScreenModel,
  rect: Rect,
  output: ShownOutput,
  panel: Panel | undefined,
): MainColumn {
  const { screen } = output;
  const search = ui.dialog?.type === 'text' ? panel : undefined;
  const height = Math.max(1, rect.height - 1 - (search ? 2 : 0));
  const { length } = screen;
  const last = Math.max(0, length - height);
  const top = ui.pager?.top === 'end' || ui.pager === undefined ? last : Math.min(ui.pager.top, last);
  const place =
    length > height ? ` · lines ${top + 1} to ${Math.min(length, top + height)} of ${length}` : '';
  const title = [...outputTitle(output, undefined, state), styled(place, { tone: 'muted' })];
  const rule = { ...rect, height: 1 };
  const body = { ...rect, top: rect.top + 1, height };
  const hit = ui.pager?.hit;
  const arrow =
    hit !== undefined && hit >= top && hit < top + height
      ? [{ left: rect.left + rect.width - 1, top: body.top + hit - top, width: 1, height: 1 }]
      : [];
  const panes = [
    paintPane('output-rule', rule, [ruleLine(title, rect.width, palette)], palette),
    { key: 'output', ...body, lines: screen.lines(top, height) },
    ...arrow.map((at) => paintPane('hit', at, [[styled('<', { tone: 'accent', bold: true })]], palette)),
  ];
  const metrics = { page: { top: 0, length: 0, height: 1, until: 0 }, pager: { length, height } };
  if (!search) return { panes, metrics, below: 0 };
  const below = { ...rect, top: body.top + height, height: 1 };
  const cursor = search.cursor && { column: rect.left + search.cursor.column, row: below.top + 1 };
  const prompt = ruleLine([styled(search.title, { bold: true })], rect.width, palette);
  return {
    panes: [
      ...panes,
      paintPane('panel-rule', below, [prompt], palette),
      paintPane('panel', { ...below, top: below.top + 1 }, search.lines, palette),
    ],
    metrics,
    below: 0,
    ...(cursor && { cursor }),
  };
}
