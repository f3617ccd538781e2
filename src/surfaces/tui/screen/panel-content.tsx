// Owns what a panel asks: the choices after a failure, a rollback to agree to, a text to type.
import type { ReactNode } from 'react';
import type { Address } from '../../../basics/address.ts';
import { openDoubts } from '../../../run/belonging/open-doubts.ts';
import type { PlanItem } from '../../../run/plan.ts';
import type { Question } from '../../../run/question.ts';
import type { RunState } from '../../../run/state.ts';
import { displayWidth } from '../../../text/display-width.ts';
import { visibleText } from '../../../text/visible-text.ts';
import { type StyledLine, styled } from '../../../view/layout/styled-line.ts';
import { cutLine, wrapRuns } from '../../../view/layout/wrap-runs.ts';
import { doubtLine } from '../../../view/words/doubt-line.ts';
import { wayBackWords } from '../../../view/words/earlier-facts.ts';
import { noUndoWords } from '../../../view/words/item-facts.ts';
import { counted, quoted } from '../../../view/words/quoted.ts';
import { reasonWords } from '../../../view/words/reason-words.ts';
import { askedWords, choiceAround, choiceWords } from '../../ways-of.ts';
import type { Dialog } from '../keys/dialog.ts';
import { menuOf } from '../keys/key-binding.ts';
import { askAt, itemAt, stateAt } from '../keys/ui-state.ts';
import { mainSize } from '../main-size.ts';
import { partText } from '../pages/outline-rows.ts';
import type { ScreenModel } from '../pages/screen-model.ts';
import { lineRows } from './line.tsx';
import { choiceMark, menuRows } from './menu-rows.tsx';
import { typedText } from './typed-text.ts';
import type { CursorPlace } from './use-terminal-cursor.ts';

/** A panel: its title, its rows, and where in them the operator is. */
export interface PanelContent {
  readonly title: string;
  readonly rows: readonly ReactNode[];
  /** Row to be kept in sight. */
  readonly at: number;
  /** Where what is typed goes on, in the rows. */
  readonly cursor?: CursorPlace;
  /** Whether all of its rows are needed, even if nothing of the text is left beside them. */
  readonly isNeeded?: boolean;
}

/** What the line with the title takes for itself. */
const titleEdges = 5;

/** The panel that belongs on the screen, if one does. */
export function panelContent(model: ScreenModel): PanelContent | undefined {
  const { ui, question } = model;
  if (ui.dialog?.type === 'help') return undefined;
  if (ui.dialog) return dialogPanel(ui.dialog, mainSize(model.size).columns);
  const looksAway =
    ui.look !== undefined &&
    (question === undefined || !('address' in question) || question.address !== ui.look);
  if (looksAway) return undefined;
  switch (question?.type) {
    case 'failure':
      return failurePanel(question, model);
    case 'in-doubt':
      return doubtPanel(question, model);
    case 'manual': {
      const ask = askAt(model.state, question.address);
      return ask && menuPanel(askedWords(ask), [], model);
    }
    case 'choice':
      return choicePanel(question, model);
    case 'doubtful':
      return doubtfulPanel(question, model);
    case 'rollback-plan':
      return rollbackPanel(question, model);
    default:
      return undefined;
  }
}

function dialogPanel(dialog: Exclude<Dialog, { type: 'help' }>, width: number): PanelContent {
  switch (dialog.type) {
    case 'confirmation': {
      const lines = wrapRuns([styled(dialog.text, { bold: true })], width);
      return { title: 'Sure?', rows: lineRows(lines), at: 0 };
    }
    case 'text': {
      const typed = typedText(dialog.field, width - 2);
      const line = [styled('> ', { tone: 'accent', bold: true }), styled(typed.text)];
      const { title, target = '' } = dialog;
      // What has to be typed letter by letter can be read letter by letter.
      const isCut = target !== '' && displayWidth(title) > width - titleEdges;
      const name = isCut ? cutLine([styled(visibleText(target), { bold: true })], width, []) : [];
      return {
        title: isCut ? 'Type its whole name to run it' : title,
        rows: lineRows([...name, line]),
        at: name.length,
        cursor: { row: name.length, column: typed.column + 2 },
        ...(isCut && { isNeeded: true }),
      };
    }
    case 'edit':
      return editPanel(dialog, width);
  }
}

function editPanel({ address, field }: Extract<Dialog, { type: 'edit' }>, width: number): PanelContent {
  const above = field.before.split('\n');
  const row = above.length - 1;
  // Every line as the one at the cursor is, which a tab or an escape in it would not leave as wide as it seems.
  const lines = (field.before + field.after)
    .split('\n')
    .map((text): StyledLine => [styled(typedText({ before: '', after: text }, width).text)]);
  const here = typedText({ before: above[row] ?? '', after: field.after.split('\n')[0] ?? '' }, width);
  lines[row] = [styled(here.text)];
  return {
    title: `The command of ${quoted(address)}`,
    rows: lineRows(lines),
    at: row,
    cursor: { row, column: here.column },
  };
}

function failurePanel(question: Extract<Question, { type: 'failure' }>, model: ScreenModel): PanelContent {
  const { state, size, palette } = model;
  const known = stateAt(state, question.address);
  const reason = known?.reason;
  const attempts =
    known && known.attempts > 1 && known.turn === undefined ? ` at attempt ${known.attempts}` : '';
  const why = reason ? `: ${reasonWords(reason)}` : '';
  const head: StyledLine[] = [];
  if (reason?.type === 'expectation') {
    head.push(
      [styled('expected  ', { tone: 'muted' }), styled(visibleText(reason.expected), { tone: 'good' })],
      [styled('actual    ', { tone: 'muted' }), styled(visibleText(reason.actual), { tone: 'bad' })],
    );
  }
  if (!state.gateOpen) head.push([styled('Nothing has been changed yet.', { tone: 'muted' })]);
  if (question.choices.includes('rollback')) head.push(...wayBackLines(model));
  const whole = `${palette.symbols.failed} ${quoted(question.address)} failed${attempts}${why}`;
  // The reason matters more than the name, which the question below holds too.
  const fits = displayWidth(whole) <= mainSize(size).columns - titleEdges;
  return menuPanel(fits ? whole : `${palette.symbols.failed} failed${attempts}${why}`, head, model);
}

/** How long going back takes, where anything is known of it. */
function wayBackLines(
  { state, pages, size }: Pick<ScreenModel, 'state' | 'pages' | 'size'>,
  undos?: readonly Address[],
): StyledLine[] {
  const words = wayBackWords(state, pages.earlierTimes, undos);
  if (words === '') return [];
  return wrapRuns([styled(sentence(words), { tone: 'muted' })], mainSize(size).columns);
}

const sentence = (words: string): string => `${words[0]?.toUpperCase()}${words.slice(1)}.`;

function doubtPanel(
  { address, checkHolds }: Extract<Question, { type: 'in-doubt' }>,
  model: ScreenModel,
): PanelContent {
  const started = `${quoted(address)} had started when the run was interrupted.`;
  const probe =
    checkHolds === undefined ? '' : ` Its own check says that it is ${checkHolds ? '' : 'not '}done.`;
  const width = mainSize(model.size).columns;
  return menuPanel('In doubt', wrapRuns([styled(started + probe, { tone: 'warn' })], width), model);
}

function choicePanel(
  { address, choice }: Extract<Question, { type: 'choice' }>,
  model: ScreenModel,
): PanelContent {
  const around = choiceAround(itemAt(model.state, address), choice);
  return menuPanel(around ? choiceWords(around) : 'Which way?', [], model);
}

function doubtfulPanel(
  { address }: Extract<Question, { type: 'doubtful' }>,
  model: ScreenModel,
): PanelContent {
  const { state, size, palette } = model;
  const item = itemAt(state, address);
  const doubts = item ? openDoubts(item, state.options) : [];
  const width = mainSize(size).columns;
  const lines = doubts.flatMap((doubt) => wrapRuns(doubtLine(doubt, palette), width));
  return menuPanel('Doubtful', lines, model);
}

function menuPanel(title: string, head: readonly StyledLine[], model: ScreenModel): PanelContent {
  const { ui, question, context, size, palette } = model;
  const choices = menuRows(menuOf(question, context), ui.listAt, mainSize(size).columns, palette);
  return { title, rows: [...lineRows(head), ...choices], at: head.length + Math.max(0, ui.listAt) };
}

function rollbackPanel(
  { items }: Extract<Question, { type: 'rollback-plan' }>,
  model: ScreenModel,
): PanelContent {
  const { ui, state, palette } = model;
  const lines = items.map((address, index): StyledLine => {
    const item = itemAt(state, address);
    const isChosen = index === ui.listAt;
    const ticked = !ui.unticked.includes(address);
    const about = item && undoneTitle(item, state);
    return [
      choiceMark(isChosen, palette),
      styled(ticked ? '[x] ' : '[ ] ', { tone: ticked ? 'warn' : 'muted', bold: true }),
      styled(item ? partText(item) : visibleText(address), isChosen ? { bold: true } : {}),
      styled(about === undefined ? '' : `  undoes ${visibleText(about)}`, { tone: 'muted' }),
      ...(item?.risk === 'destructive' ? [styled(' destructive', { tone: 'bad', bold: true })] : []),
    ];
  });
  const amount = items.length - ui.unticked.length;
  const left = noUndoWords(state, items);
  const head = [
    ...(left === ''
      ? []
      : wrapRuns([styled(sentence(left), { tone: 'warn' })], mainSize(model.size).columns)),
    ...wayBackLines(
      model,
      items.filter((address) => !ui.unticked.includes(address)),
    ),
    [styled('Untick what should stay.', { tone: 'muted' as const })],
  ];
  return {
    title: `${palette.symbols.undo} Rollback: ${counted(amount, 'undo', 'undos')}`,
    rows: lineRows([...head, ...lines]),
    at: head.length + ui.listAt,
  };
}

/** The title of the step that an undo takes back. */
function undoneTitle({ undoes }: PlanItem, { plan }: RunState): string | undefined {
  return undoes === undefined ? undefined : plan.items.find(({ step }) => step === undoes)?.stepTitle;
}
