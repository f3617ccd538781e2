// Owns what stands below the text when something is to be chosen, typed or confirmed.
import type { PlanItem } from '../../../run/plan.ts';
import type { Question } from '../../../run/question.ts';
import type { RunState } from '../../../run/state.ts';
import { displayWidth, fitText } from '../../../text/display-width.ts';
import { visibleText } from '../../../text/visible-text.ts';
import type { Palette } from '../../../view/layout/palette.ts';
import { lineWidth, type StyledLine, styled } from '../../../view/layout/styled-line.ts';
import { wrapRuns } from '../../../view/layout/wrap-runs.ts';
import { counted, quoted } from '../../../view/words/quoted.ts';
import { reasonWords } from '../../../view/words/reason-words.ts';
import type { KeyBinding } from '../keys/key-binding.ts';
import type { TextField } from '../keys/text-field.ts';
import { type Dialog, itemAt, stateAt, type UiState } from '../keys/ui-state.ts';
import { scrollInto } from '../layout.ts';
import { partText } from './outline-lines.ts';

/** A panel: its title, its lines, and where in them the operator is. */
export interface Panel {
  readonly title: string;
  readonly lines: readonly StyledLine[];
  /** Line to be kept in sight. */
  readonly at: number;
  /** Where what is typed goes on, in the lines. */
  readonly cursor?: { readonly column: number; readonly row: number };
}

/** What a panel is made of. */
export interface PanelView {
  readonly ui: UiState;
  readonly state: RunState;
  readonly question: Question | undefined;
  /** Lines of the menu that the question shows. */
  readonly menu: readonly KeyBinding[];
  readonly width: number;
  readonly palette: Palette;
}

/** What the line with the title takes for itself. */
const titleEdges = 5;

/** The panel that belongs on the screen, if one does. */
export function composePanel(view: PanelView): Panel | undefined {
  const { ui, question } = view;
  if (ui.dialog && ui.dialog.type !== 'help') return dialogPanel(ui.dialog, view);
  const looksAway =
    ui.look !== undefined &&
    (question === undefined || !('address' in question) || question.address !== ui.look);
  if (looksAway || !question) return undefined;
  switch (question.type) {
    case 'failure':
      return failurePanel(question, view);
    case 'in-doubt':
      return doubtPanel(question, view);
    case 'rollback-plan':
      return rollbackPanel(question, view);
    default:
      return undefined;
  }
}

/** The part of a panel that fits. */
export function cutPanel({ lines, at, cursor }: Panel, height: number): Pick<Panel, 'lines' | 'cursor'> {
  const top = scrollInto({ from: Math.max(0, at - 1), to: at + 1 }, lines.length, height);
  const shown = lines.slice(top, top + height);
  return cursor ? { lines: shown, cursor: { ...cursor, row: cursor.row - top } } : { lines: shown };
}

function dialogPanel(dialog: Exclude<Dialog, { type: 'help' }>, { width }: PanelView): Panel {
  switch (dialog.type) {
    case 'confirmation': {
      const lines = wrapRuns([styled(dialog.text, { bold: true })], width);
      return { title: 'Sure?', lines, at: 0 };
    }
    case 'text': {
      const typed = typedLine(dialog.field, width - 2);
      const line = [styled('> ', { tone: 'accent', bold: true }), styled(typed.text)];
      return { title: dialog.title, lines: [line], at: 0, cursor: { row: 0, column: typed.column + 2 } };
    }
    case 'edit':
      return editPanel(dialog, width);
  }
}

/** The part of a long line around its cursor. */
function typedLine({ before, after }: TextField, width: number): { text: string; column: number } {
  let head = before;
  while (displayWidth(head) >= width) head = head.slice(Math.max(1, Math.floor(width / 4)));
  const column = displayWidth(head);
  return { text: head + fitText(after, Math.max(0, width - column)), column };
}

function editPanel({ address, field }: Extract<Dialog, { type: 'edit' }>, width: number): Panel {
  const above = field.before.split('\n');
  const row = above.length - 1;
  const lines = (field.before + field.after)
    .split('\n')
    .map((text): StyledLine => [styled(fitText(text, width))]);
  const here = typedLine(
    { before: above[row] ?? '', after: field.after.split('\n')[0] ?? '', multiline: false },
    width,
  );
  lines[row] = [styled(here.text)];
  return { title: `The command of ${quoted(address)}`, lines, at: row, cursor: { row, column: here.column } };
}

function failurePanel(question: Extract<Question, { type: 'failure' }>, view: PanelView): Panel {
  const { state, width, palette } = view;
  const known = stateAt(state, question.address);
  const reason = known?.reason;
  const attempts = known && known.attempts > 1 ? ` at attempt ${known.attempts}` : '';
  const why = reason ? `: ${reasonWords(reason)}` : '';
  const head: StyledLine[] = [];
  if (reason?.type === 'expectation') {
    head.push(
      [
        styled('expected  ', { tone: 'muted' }),
        styled(fitText(visibleText(reason.expected), width - 10), { tone: 'good' }),
      ],
      [
        styled('actual    ', { tone: 'muted' }),
        styled(fitText(visibleText(reason.actual), width - 10), { tone: 'bad' }),
      ],
    );
  }
  if (!state.gateOpen) head.push([styled('Nothing has been changed yet.', { tone: 'muted' })]);
  const whole = `${palette.symbols.failed} ${quoted(question.address)} failed${attempts}${why}`;
  // The reason matters more than the name, which the question below holds too.
  const fits = displayWidth(whole) <= width - titleEdges;
  return menuPanel(fits ? whole : `${palette.symbols.failed} failed${attempts}${why}`, head, view);
}

function doubtPanel(
  { address, checkHolds }: Extract<Question, { type: 'in-doubt' }>,
  view: PanelView,
): Panel {
  const started = `${quoted(address)} had started when the run broke off.`;
  const probe =
    checkHolds === undefined ? '' : ` Its own check says that it is ${checkHolds ? '' : 'not '}done.`;
  return menuPanel('In doubt', wrapRuns([styled(started + probe, { tone: 'warn' })], view.width), view);
}

function menuPanel(
  title: string,
  head: readonly StyledLine[],
  { ui, menu, width, palette }: PanelView,
): Panel {
  const labels = Math.max(...menu.map(({ label }) => displayWidth(label)));
  const lines = menu.map((choice, index): StyledLine => {
    const chosen = index === ui.listAt;
    const line = [
      styled(chosen ? `${palette.symbols.arrow} ` : '  ', { tone: 'accent', bold: true }),
      styled(`${choice.shown}  `, { tone: 'accent', bold: true }),
      styled(choice.label.padEnd(labels), chosen ? { bold: true } : {}),
    ];
    const room = width - lineWidth(line) - 2;
    return room < 8
      ? line
      : [...line, styled(`  ${fitText(choice.does, room, palette.symbols.ellipsis)}`, { tone: 'muted' })];
  });
  return { title, lines: [...head, ...lines], at: head.length + Math.max(0, ui.listAt) };
}

function rollbackPanel({ items }: Extract<Question, { type: 'rollback-plan' }>, view: PanelView): Panel {
  const { ui, state, width, palette } = view;
  const head = [[styled(fitText('Untick what is to stay as it is.', width), { tone: 'muted' as const })]];
  const lines = items.map((address, index): StyledLine => {
    const item = itemAt(state, address);
    const chosen = index === ui.listAt;
    const ticked = !ui.unticked.includes(address);
    const about = item && undoneTitle(item, state);
    const undoes = about === undefined ? '' : `  undoes ${visibleText(about)}`;
    const destructive =
      item?.risk === 'destructive' ? [styled(' destructive', { tone: 'bad', bold: true })] : [];
    return [
      styled(chosen ? `${palette.symbols.arrow} ` : '  ', { tone: 'accent', bold: true }),
      styled(ticked ? '[x] ' : '[ ] ', { tone: ticked ? 'warn' : 'muted', bold: true }),
      styled(item ? partText(item) : visibleText(address), chosen ? { bold: true } : {}),
      styled(undoes, { tone: 'muted' }),
      ...destructive,
    ];
  });
  const amount = items.length - ui.unticked.length;
  return {
    title: `${palette.symbols.undo} Rollback: ${counted(amount, 'undo', 'undos')}`,
    lines: [...head, ...lines],
    at: head.length + ui.listAt,
  };
}

/** The title of the step that an undo takes back. */
function undoneTitle({ undoes }: PlanItem, { plan }: RunState): string | undefined {
  return undoes === undefined ? undefined : plan.items.find(({ step }) => step === undoes)?.stepTitle;
}
