// Owns the lines at the top and at the bottom of the screen: what run this is, what is asked, which keys work.
import type { Question } from '../../../run/question.ts';
import { isSettled, type RunState } from '../../../run/state.ts';
import { formatDuration } from '../../../runbook/regions/format-duration.ts';
import { displayWidth, fitText } from '../../../text/display-width.ts';
import { visibleText } from '../../../text/visible-text.ts';
import type { Palette } from '../../../view/layout/palette.ts';
import { lineWidth, type StyledLine, type StyledRun, styled } from '../../../view/layout/styled-line.ts';
import { approvalWords } from '../../../view/words/approval-words.ts';
import { outcomeWords } from '../../../view/words/outcome-words.ts';
import { actorWords, counted, quoted } from '../../../view/words/quoted.ts';
import { writtenDuration } from '../../../view/words/written-duration.ts';
import type { KeyBinding } from '../keys/key-binding.ts';
import { itemAt, keysGoToBlock, stateAt, type UiState } from '../keys/ui-state.ts';

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

export interface FooterView {
  /** Since the start of the run. */
  readonly elapsedMs: number | undefined;
  readonly ui: UiState;
  readonly state: RunState;
  readonly question: Question | undefined;
  readonly bindings: readonly KeyBinding[];
  readonly childAttached: boolean;
  /** Whether keys that make the run go on are not taken at this moment. */
  readonly quiet: boolean;
  /** Whether there is something to read before the first key does what it says. */
  readonly unread: boolean;
  /** Lines of the text above that are out of sight. */
  readonly below: number;
  readonly width: number;
  readonly height: number;
  readonly palette: Palette;
}

/** What is asked, and the keys that answer; a message stands above them where there is a line for it. */
export function footerLines(view: FooterView): StyledLine[] {
  const { ui, width, height, palette } = view;
  const hasRoom = height >= 3;
  // Without a line of its own only a warning is worth more than the question.
  const isTold = !hasRoom && ui.message !== undefined && (ui.message.tone === 'warn' || !view.question);
  const asks = fitRuns(isTold ? messageLine(view) : questionLine(view), width, palette);
  const keys = view.quiet ? [] : keyLine(keysOf(view), width, palette);
  if (hasRoom) return [footerRule(view), asks, keys];
  return height === 2 ? [asks, keys] : [keys.length > 0 && !ui.message ? keys : asks];
}

/** The line above the question: what there is to tell, and how much of the text is out of sight. */
function footerRule(view: FooterView): StyledLine {
  const { ui, width, palette } = view;
  const bar = palette.symbols.horizontal;
  const below = belowWords(view.below);
  const more =
    below === '' || below.length + 4 > width
      ? []
      : [
          styled(` ${below}`, { tone: 'accent' as const }),
          styled(` ${bar}${bar}`, { tone: 'muted' as const }),
        ];
  const room = width - lineWidth(more);
  if (!ui.message) return [styled(bar.repeat(room), { tone: 'muted' }), ...more];
  const told = fitRuns(messageLine(view), room - 4, palette);
  const rest = bar.repeat(Math.max(0, room - lineWidth(told) - 4));
  return [
    styled(`${bar}${bar} `, { tone: 'muted' }),
    ...told,
    styled(` ${rest}`, { tone: 'muted' }),
    ...more,
  ];
}

function messageLine({ ui, palette }: FooterView): StyledRun[] {
  const { text = '', tone = 'muted' } = ui.message ?? {};
  const { passed, dot, warning } = palette.symbols;
  const mark = { good: passed, muted: dot, warn: warning }[tone];
  return [styled(`${mark} ${visibleText(text)}`, { tone, bold: tone === 'warn' })];
}

/** What the run waits for, in a sentence. */
function questionLine(view: FooterView): StyledRun[] {
  const { ui, state, question, childAttached } = view;
  if (ui.stage === 'welcome') return [styled('Nothing has been run yet. Begin?', { bold: true })];
  if (ui.stage === 'end') return endLine(state);
  const current = question && 'address' in question ? question.address : undefined;
  if (ui.look !== undefined && ui.look !== current) {
    const where = current === undefined ? '' : `; the run waits at ${quoted(current)}`;
    return [styled(`Looking at ${quoted(ui.look)}${where}`, { tone: 'accent' })];
  }
  if (question)
    return [styled(questionWords(question, state), { bold: true, ...toneOfQuestion(question, state) })];
  const waiting = state.items.find(
    ({ approval, status }) => status === 'pending' && approval?.granted === false,
  );
  if (waiting) {
    const how = state.run ? `: \`runsheet approve ${state.run}\`` : '';
    const nowMs = Date.parse(state.startedAt ?? '') + (view.elapsedMs ?? 0);
    return [styled(`The run ${approvalWords(waiting, nowMs)}${how}`, { tone: 'warn', bold: true })];
  }
  const retrying = state.items.findIndex(({ status }) => status === 'retrying');
  if (retrying >= 0) return [styled(retryWords(state, retrying), { tone: 'warn' })];
  const running = state.plan.items.find((_, index) => state.items[index]?.status === 'running');
  if (!running) return [styled('One moment', { tone: 'muted' })];
  if (keysGoToBlock(ui, childAttached)) {
    return [styled(`${quoted(running.address)} runs; what you type goes to it`, { tone: 'accent' })];
  }
  return [styled(`${quoted(running.address)} runs`, { tone: 'accent' })];
}

/** A block between two attempts. */
function retryWords({ plan, items }: RunState, index: number): string {
  const item = plan.items[index];
  const known = items[index];
  if (!item || !known) return '';
  const of = item.kind === 'block' && item.retries > 0 ? ` of ${item.retries + 1}` : '';
  const wait = known.retryDelayMs === undefined ? '' : ` in ${writtenDuration(known.retryDelayMs)}`;
  return `${quoted(item.address)} failed at attempt ${known.attempts}${of}; it is tried again${wait}`;
}

function toneOfQuestion(question: Question, state: RunState): { readonly tone?: 'bad' | 'warn' } {
  if (question.type === 'failure') return { tone: 'bad' };
  if (question.type === 'in-doubt' || !('address' in question)) return { tone: 'warn' };
  const item = itemAt(state, question.address);
  return item?.risk === 'destructive' ? { tone: 'bad' } : {};
}

function questionWords(question: Question, state: RunState): string {
  switch (question.type) {
    case 'release': {
      const item = itemAt(state, question.address);
      return item?.kind === 'runbook'
        ? `Run the runbook ${quoted(item.target)}?`
        : `Run ${quoted(question.address)}?`;
    }
    case 'confirm':
      return visibleText(question.text);
    case 'manual':
      return 'This is for you to do. Done?';
    case 'checklist': {
      const ticks = stateAt(state, question.address)?.ticks ?? [];
      return `Tick what is done: ${ticks.filter(Boolean).length} of ${ticks.length}`;
    }
    case 'failure':
      return `${quoted(question.address)} failed. What now?`;
    case 'in-doubt':
      return `How did ${quoted(question.address)} end?`;
    case 'approval':
      return 'Waiting for other people';
    case 'clean-up':
      return 'The run has ended badly. Run its clean-up section?';
    case 'rollback-plan':
      return `Undo ${counted(question.items.length, 'item')}, the newest first?`;
  }
}

function endLine(state: RunState): StyledRun[] {
  if (state.outcome === undefined) return [styled('The run is paused', { tone: 'warn', bold: true })];
  return [
    styled(`The run ${outcomeWords(state.outcome)}`, {
      tone: state.outcome === 'succeeded' ? 'good' : 'bad',
      bold: true,
    }),
  ];
}

/** `3 lines below`, or nothing where there is nothing more. */
export function belowWords(lines: number): string {
  return lines > 0 ? `${counted(lines, 'line')} below` : '';
}

interface Hint {
  readonly shown: string;
  readonly label: string;
}

const hints = (...pairs: readonly (readonly [string, string])[]): Hint[] =>
  pairs.map(([shown, label]) => ({ shown, label }));

/** The keys of what has the keyboard: a dialog, the pager, the list of steps, the block, or the question. */
function keysOf(view: FooterView): readonly Hint[] {
  const { ui, childAttached, bindings } = view;
  switch (ui.dialog?.type) {
    case 'text':
      return hints(['Enter', 'done'], ['Esc', 'never mind']);
    case 'confirmation':
      return hints(['y', ui.dialog.yes], ['Esc', 'never mind']);
    case 'edit':
      return hints(['^S', 'take it'], ['Esc', 'leave it as it was']);
    case 'help':
      return hints(['↑↓', 'scroll'], ['any key', 'close']);
  }
  if (ui.pager)
    return hints(
      ['Esc', 'close'],
      ['↑↓', 'scroll'],
      ['/', 'search'],
      ['n', 'next'],
      ['g', 'top'],
      ['G', 'end'],
    );
  if (ui.outline) {
    const go = ui.outline.purpose === 'go-to';
    return hints(
      ['↑↓', 'choose'],
      ['Enter', go ? 'go there' : 'look'],
      ...(go ? [] : [['g', 'go there'] as const]),
      ['Esc', 'close'],
    );
  }
  if (keysGoToBlock(ui, childAttached))
    return hints(['^G', 'keys of the tool'], ['^C', 'end the block'], ['^Z', 'shell']);
  const type = ui.look === undefined ? view.question?.type : undefined;
  if (type === 'failure' || type === 'in-doubt') {
    // The menu above has its own words for its keys.
    const more = bindings.filter(({ shown }) => ['o', '←', 'Tab', '?'].includes(shown));
    return [...hints(['↑↓', 'choose'], ['Enter', 'do it']), ...more];
  }
  const [first, ...rest] = bindings;
  // The first key reads on until there is nothing left to read.
  return view.unread && first ? [{ shown: 'Space', label: 'read on' }, ...rest] : bindings;
}

function keyLine(keys: readonly Hint[], width: number, palette: Palette): StyledLine {
  const line: StyledRun[] = [];
  let used = 0;
  const help = keys.find(({ shown }) => shown === '?');
  const reserve = help ? displayWidth(`${help.shown} ${help.label}`) + 3 : 0;
  for (const key of keys.filter((one) => one !== help)) {
    const columns = displayWidth(`${key.shown} ${key.label}`) + (used === 0 ? 0 : 3);
    if (used + columns + reserve > width) continue;
    push(line, key);
    used += columns;
  }
  if (help && used + reserve - 3 <= width) push(line, help);
  return palette.unicode ? line : line.map((piece) => ({ ...piece, text: asciiKeys(piece.text) }));
}

function push(line: StyledRun[], { shown, label }: Hint): void {
  if (line.length > 0) line.push(styled('   '));
  line.push(styled(shown, { tone: 'accent', bold: true }), styled(` ${label}`, { tone: 'muted' }));
}

function asciiKeys(text: string): string {
  return text.replaceAll('↑↓', 'up/down').replaceAll('←', '<-').replaceAll('→', '->');
}

function fitRuns(runs: readonly StyledRun[], width: number, palette: Palette): StyledLine {
  const [first, ...rest] = runs;
  if (!first || lineWidth(runs) <= width) return runs;
  return [
    { ...first, text: fitText(first.text, width - lineWidth(rest), palette.symbols.ellipsis) },
    ...rest,
  ];
}
