// Owns the lines at the top of the screen: what run this is, whose, since when, and how far.
import { isSettled, type RunState } from '../../../run/state.ts';
import { formatDuration } from '../../../runbook/regions/format-duration.ts';
import { displayWidth, fitText } from '../../../text/display-width.ts';
import { visibleText } from '../../../text/visible-text.ts';
import type { Palette } from '../../../view/layout/palette.ts';
import { lineWidth, type StyledLine, type StyledRun, styled } from '../../../view/layout/styled-line.ts';
import { actorWords, counted } from '../../../view/words/quoted.ts';

/** What the header is made of. */
export interface HeaderView {
  readonly state: RunState;
  readonly elapsedMs: number | undefined;
  readonly width: number;
  readonly height: number;
  readonly palette: Palette;
}

/** Title and severity; then owner, who and where, elapsed time against the estimate, run id; then a line. */
export function headerLines({ state, elapsedMs, width, height, palette }: HeaderView): StyledLine[] {
  const { symbols } = palette;
  const { plan } = state;
  const severity = plan.severity === undefined ? '' : visibleText(plan.severity);
  const progress = progressWords(state);
  const right: StyledRun[] = [
    ...(severity === '' ? [] : [styled(severity, { tone: 'warn', bold: true })]),
    ...(severity === '' || progress === '' ? [] : [styled(` ${symbols.dot} `, { tone: 'muted' })]),
    ...(progress === '' ? [] : [styled(progress, { tone: 'accent', bold: true })]),
  ];
  const title = fitText(visibleText(plan.title), width - lineWidth(right) - 2, symbols.ellipsis);
  const lines: StyledLine[] = [spread([styled(title, { bold: true })], right, width)];
  if (height >= 2) {
    lines.push([styled(factsLine(state, elapsedMs, width, ` ${symbols.dot} `), { tone: 'muted' })]);
  }
  if (height >= 3) lines.push([styled(symbols.horizontal.repeat(width), { tone: 'muted' })]);
  return lines;
}

/** `00:07`, `12:30`, `1:02:03`: of one width for an hour, so that nothing moves while it counts. */
function clockTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return seconds < 3600 ? rest : `${Math.floor(seconds / 3600)}:${rest}`;
}

function progressWords({ items, mainCount, lifecycle, rollback }: RunState): string {
  if (rollback?.status === 'running') {
    const undos = rollback.order.filter((index) => items[index]?.status !== 'excluded');
    const undone = undos.filter((index) => isSettled(items[index]?.status ?? 'pending')).length;
    return `undo ${undone}/${undos.length}`;
  }
  const main = items.slice(0, mainCount).filter(({ status }) => status !== 'excluded');
  const open = new Set(['pending', 'running', 'retrying', 'failed', 'in-doubt']);
  const settled = main.filter(({ status }) => !open.has(status)).length;
  return lifecycle === 'new' ? counted(main.length, 'item') : `${settled}/${main.length}`;
}

/** Owner, who and where, time, run id; what is worth least goes first where it does not fit. */
function factsLine(state: RunState, elapsedMs: number | undefined, width: number, separator: string): string {
  const { owner, estimateMs } = state.plan;
  const elapsed = elapsedMs === undefined ? '' : clockTime(elapsedMs);
  const estimate = estimateMs === undefined ? '' : `about ${formatDuration(estimateMs)}`;
  const time = elapsed !== '' && estimate !== '' ? `${elapsed} of ${estimate}` : elapsed || estimate;
  const who = state.operator ? actorWords(state.operator) : '';
  const id = state.run ?? '';
  const choices = [
    [owner === undefined ? '' : visibleText(owner), who, time, id],
    [who, time, id],
    [time, id],
    [elapsed, id],
    [elapsed || estimate],
  ].map((words) => words.filter((word) => word !== '').join(separator));
  return choices.find((words) => displayWidth(words) <= width) ?? '';
}

function spread(left: readonly StyledRun[], right: readonly StyledRun[], width: number): StyledLine {
  const gap = width - lineWidth(left) - lineWidth(right);
  return gap > 0 ? [...left, styled(' '.repeat(gap)), ...right] : [...left];
}
