// Owns the lines at the bottom of the screen: a notice, what is asked, and the keys that answer.
import type { Question } from '../../../run/question.ts';
import type { RunState } from '../../../run/state.ts';
import { displayWidth, fitText } from '../../../text/display-width.ts';
import { visibleText } from '../../../text/visible-text.ts';
import type { Palette } from '../../../view/layout/palette.ts';
import { lineWidth, type StyledLine, type StyledRun, styled } from '../../../view/layout/styled-line.ts';
import { counted } from '../../../view/words/quoted.ts';
import type { KeyBinding } from '../keys/key-binding.ts';
import { keysGoToBlock, type UiState } from '../keys/ui-state.ts';
import { questionLine } from './question-line.ts';

/** What the footer is made of. */
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

/** What is asked, and the keys that answer; a notice stands above them where there is a line for it. */
export function footerLines(view: FooterView): StyledLine[] {
  const { ui, width, height, palette } = view;
  const hasRoom = height >= 3;
  // Without a line of its own only a warning is worth more than the question.
  const showsNotice = !hasRoom && ui.notice !== undefined && (ui.notice.tone === 'warn' || !view.question);
  const asks = fitRuns(showsNotice ? noticeLine(view) : questionLine(view), width, palette);
  const keys = view.quiet ? [] : keyLine(keyHints(view), width, palette);
  if (hasRoom) return [footerRule(view), asks, keys];
  return height === 2 ? [asks, keys] : [keys.length > 0 && !ui.notice ? keys : asks];
}

/** The line above the question: a notice, and how much of the text is out of sight. */
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
  if (!ui.notice) return [styled(bar.repeat(room), { tone: 'muted' }), ...more];
  const notice = fitRuns(noticeLine(view), room - 4, palette);
  const rest = bar.repeat(Math.max(0, room - lineWidth(notice) - 4));
  return [
    styled(`${bar}${bar} `, { tone: 'muted' }),
    ...notice,
    styled(` ${rest}`, { tone: 'muted' }),
    ...more,
  ];
}

function noticeLine({ ui, palette }: FooterView): StyledRun[] {
  const { text = '', tone = 'muted' } = ui.notice ?? {};
  const { passed, dot, warning } = palette.symbols;
  const mark = { good: passed, muted: dot, warn: warning }[tone];
  return [styled(`${mark} ${visibleText(text)}`, { tone, bold: tone === 'warn' })];
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
function keyHints(view: FooterView): readonly Hint[] {
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
