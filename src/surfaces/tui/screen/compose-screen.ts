// Owns what the whole screen shows at a moment, as painted panes in their places.
import type { Address } from '../../../basics/address.ts';
import type { RunEvent } from '../../../run/event.ts';
import type { Question } from '../../../run/question.ts';
import type { RunState } from '../../../run/state.ts';
import type { Runbook } from '../../../runbook/runbook.ts';
import { fitText } from '../../../text/display-width.ts';
import { type Palette, paintLine } from '../../../view/layout/palette.ts';
import { lineWidth, type StyledLine, type StyledRun, styled } from '../../../view/layout/styled-line.ts';
import { fitLine } from '../../../view/layout/wrap-runs.ts';
import { formatBytes } from '../../../view/words/format-bytes.ts';
import { counted, quoted } from '../../../view/words/quoted.ts';
import { keyBindingsOf, menuOf } from '../keys/key-binding.ts';
import { isUnread } from '../keys/reduce-key.ts';
import { keysGoToBlock, type UiContext, type UiState } from '../keys/ui-state.ts';
import { clampTop, divideMain, layOutScreen, type Rect, type Size, scrollInto } from '../layout.ts';
import { composePanel, cutPanel } from './compose-panel.ts';
import { endingLines } from './ending-lines.ts';
import { belowWords, footerLines } from './footer-lines.ts';
import { headerLines } from './header-lines.ts';
import { helpLines } from './help-lines.ts';
import { openingLines } from './opening-lines.ts';
import { outlineLines } from './outline-lines.ts';
import type { OutputScreen } from './output-screen.ts';
import type { StepPage, StepPages } from './step-page.ts';

/** A part of the screen and its lines, with the palette's escapes. */
export interface Pane extends Rect {
  readonly key: string;
  readonly lines: readonly string[];
}

/** The whole screen: its panes, of which later ones cover earlier ones, and the cursor. */
export interface Screen extends Size {
  readonly panes: readonly Pane[];
  readonly cursor?: { readonly column: number; readonly row: number };
}

/** The output that may stand below the text. */
export interface ShownOutput {
  readonly address: Address;
  readonly screen: OutputScreen;
  /** The block still runs. */
  readonly live: boolean;
}

/** Everything that a screen is made of. */
export interface ScreenModel {
  readonly ui: UiState;
  readonly state: RunState;
  readonly question: Question | undefined;
  readonly current: Address | undefined;
  readonly runbook: Runbook;
  readonly pages: StepPages;
  /** What the operator should know of the runbook before it begins. */
  readonly remarks: readonly string[];
  readonly size: Size;
  readonly palette: Palette;
  readonly elapsedMs: number | undefined;
  readonly output: ShownOutput | undefined;
  readonly ended: Extract<RunEvent, { type: 'RunEnded' }> | undefined;
  readonly context: UiContext;
}

/** What a picture tells of itself, for the keys that scroll in it. */
export interface ScrollMetrics {
  readonly page: UiContext['page'];
  readonly pager: { readonly length: number; readonly height: number };
}

/** A screen, and how far it scrolls. */
export interface ComposedScreen {
  readonly screen: Screen;
  readonly metrics: ScrollMetrics;
}

/** Lines of the previous block's output that stay in sight while the next one is asked about. */
const previousShare = 3;

/** Lays out and paints the screen of this moment. */
export function composeScreen(model: ScreenModel): ComposedScreen {
  const { ui, size, palette } = model;
  const layout = layOutScreen(size);
  const panes: Pane[] = [];
  const add = (key: string, rect: Rect, lines: readonly StyledLine[]): void => {
    const shown = lines
      .slice(0, rect.height)
      .map((line) => fitLine(line, rect.width, palette.symbols.ellipsis));
    panes.push({ key, ...rect, lines: shown.map((line) => paintLine(line, palette)) });
  };
  const header = { ...model, width: layout.header.width, height: layout.header.height };
  add('header', layout.header, headerLines(header));
  if (layout.outline) {
    add('outline', layout.outline, outlinePane(model, layout.outline));
    const bar = { ...layout.outline, left: layout.outline.width, width: 1 };
    add(
      'bar',
      bar,
      Array.from({ length: bar.height }, () => [styled(palette.symbols.bar, { tone: 'muted' })]),
    );
  }
  const main =
    ui.outline && !layout.outline
      ? coverWith(add, layout.main, outlinePane(model, layout.main))
      : composeMain(model, panes, add, layout.main);
  const { page } = main.metrics;
  const context = { ...model.context, page };
  add(
    'footer',
    layout.footer,
    footerLines({
      ...model,
      bindings: keyBindingsOf(ui, context),
      childAttached: context.childAttached,
      quiet: context.nowMs < ui.quietUntilMs && model.question !== undefined,
      unread: isUnread(ui, context),
      below: main.below,
      ...pick(layout.footer),
    }),
  );
  return {
    screen: { ...size, panes, ...(main.cursor && { cursor: main.cursor }) },
    metrics: main.metrics,
  };
}

interface Main {
  readonly metrics: ScrollMetrics;
  /** Lines of the text that do not fit and that no line of the main column tells of. */
  readonly below: number;
  readonly cursor?: { readonly column: number; readonly row: number };
}

type Add = (key: string, rect: Rect, lines: readonly StyledLine[]) => void;

const pick = ({ width, height }: Rect): { width: number; height: number } => ({ width, height });

function outlinePane({ ui, state, question, current, palette }: ScreenModel, rect: Rect): StyledLine[] {
  const chosen = ui.outline?.cursor ?? ui.look ?? current;
  return outlineLines({
    state,
    question,
    chosen,
    marked: chosen !== current || ui.outline !== undefined,
    focused: ui.outline !== undefined,
    palette,
    ...pick(rect),
  });
}

const noPager: ScrollMetrics['pager'] = { length: 0, height: 1 };

/** Something that stands in place of everything else in the main column. */
function coverWith(add: Add, rect: Rect, lines: readonly StyledLine[], top = 0): Main {
  const first = clampTop(top, lines.length, rect.height);
  add('page', rect, lines.slice(first));
  const page = { top: first, length: lines.length, height: rect.height, until: 0 };
  return { metrics: { page, pager: noPager }, below: lines.length - first - rect.height };
}

function composeMain(model: ScreenModel, panes: Pane[], add: Add, rect: Rect): Main {
  const { ui, state, question, palette, context } = model;
  if (ui.dialog?.type === 'help') {
    return coverWith(add, rect, helpLines(keyBindingsOf(ui, context), rect.width), ui.dialog.top);
  }
  const menu = menuOf(question, context);
  const panel = composePanel({ ui, state, question, menu, width: rect.width, palette });
  if (ui.pager && model.output) return composePager(model, panes, add, rect, model.output, panel);
  const text = textOf(model, rect.width);
  // A plan is judged by what it will do, not by what the block before it printed.
  const isPlan = question?.type === 'rollback-plan' && ui.look === undefined;
  const output = model.output && model.output.screen.length > 0 && !isPlan ? model.output : undefined;
  const shown = ui.look ?? model.current;
  const rows = output && outputSpace(output, shown, rect.height);
  const parts = divideMain(rect, {
    page: text.lines.length,
    ...(rows !== undefined && { output: rows }),
    ...(panel && { panel: panel.lines.length }),
  });
  const { height } = parts.page;
  const top = clampTop(ui.pageTop ?? firstLine(text, height, model), text.lines.length, height);
  add('page', parts.page, text.lines.slice(top));
  const below = text.lines.length - top - height;
  let cursor: Main['cursor'];
  if (output && parts.output && parts.outputRule) {
    add('output-rule', parts.outputRule, [
      ruleLine(outputTitle(output, shown, state), rect.width, palette, below),
    ]);
    const { screen, live } = output;
    const from = live
      ? Math.max(screen.screenTop, screen.screenTop + screen.rows - parts.output.height)
      : screen.length - parts.output.height;
    // A short output of a running block starts at the top of its pane.
    const first =
      live && screen.screenTop === 0 && screen.cursor.row < parts.output.height ? 0 : Math.max(0, from);
    panes.push({ key: 'output', ...parts.output, lines: screen.lines(first, parts.output.height) });
    if (live && keysGoToBlock(ui, context.childAttached)) {
      const row = screen.screenTop + screen.cursor.row - first;
      if (row >= 0 && row < parts.output.height) {
        cursor = { column: parts.output.left + screen.cursor.column, row: parts.output.top + row };
      }
    }
  }
  if (panel && parts.panel && parts.panelRule) {
    const cut = cutPanel(panel, parts.panel.height);
    add('panel-rule', parts.panelRule, [
      ruleLine([styled(panel.title, { bold: true })], rect.width, palette, parts.output ? 0 : below),
    ]);
    add('panel', parts.panel, cut.lines);
    if (cut.cursor)
      cursor = { column: parts.panel.left + cut.cursor.column, row: parts.panel.top + cut.cursor.row };
  }
  const page = { top, length: text.lines.length, height, until: text.at.to };
  const hasRule = parts.outputRule !== undefined || parts.panelRule !== undefined;
  return { metrics: { page, pager: noPager }, below: hasRule ? 0 : below, ...(cursor && { cursor }) };
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

function composePager(
  model: ScreenModel,
  panes: Pane[],
  add: Add,
  rect: Rect,
  output: ShownOutput,
  panel: ReturnType<typeof composePanel>,
): Main {
  const { ui, palette } = model;
  const { screen } = output;
  const searching = ui.dialog?.type === 'text' && panel !== undefined ? 2 : 0;
  const height = Math.max(1, rect.height - 1 - searching);
  const { length } = screen;
  const last = Math.max(0, length - height);
  const top = ui.pager?.top === 'end' || ui.pager === undefined ? last : Math.min(ui.pager.top, last);
  const place =
    length > height ? ` · lines ${top + 1} to ${Math.min(length, top + height)} of ${length}` : '';
  const title = [...outputTitle(output, undefined, model.state), styled(place, { tone: 'muted' })];
  add('output-rule', { ...rect, height: 1 }, [ruleLine(title, rect.width, palette)]);
  const body = { ...rect, top: rect.top + 1, height };
  const hit = ui.pager?.hit;
  const lines = screen.lines(top, height);
  panes.push({ key: 'output', ...body, lines });
  if (hit !== undefined && hit >= top && hit < top + height) {
    const arrow = { left: rect.left + rect.width - 1, top: body.top + hit - top, width: 1, height: 1 };
    add('hit', arrow, [[styled('<', { tone: 'accent', bold: true })]]);
  }
  const metrics = { page: { top: 0, length: 0, height: 1, until: 0 }, pager: { length, height } };
  if (!panel || searching === 0) return { metrics, below: 0 };
  const below = { ...rect, top: body.top + height, height: 1 };
  add('panel-rule', below, [ruleLine([styled(panel.title, { bold: true })], rect.width, palette)]);
  add('panel', { ...below, top: below.top + 1 }, panel.lines);
  const cursor = panel.cursor && { column: rect.left + panel.cursor.column, row: below.top + 1 };
  return { metrics, below: 0, ...(cursor && { cursor }) };
}
