// Owns what the screen shows and what is being typed, apart from the run itself.
import type { Address } from '../../../basics/address.ts';
import { questionId } from '../../../run/answers/question-id.ts';
import type { Actor } from '../../../run/event.ts';
import type { ManualItem, PlanItem } from '../../../run/plan.ts';
import type { Question } from '../../../run/question.ts';
import type { ItemState, RunState } from '../../../run/state.ts';
import type { Dialog, TextPurpose, UiEffect } from './dialog.ts';
import { leftDialog } from './left-dialog.ts';
import { textField } from './text-field.ts';

/** All of a block's output, to scroll and search in. */
export interface Pager {
  readonly address: Address;
  /** First line shown; `end` follows what arrives. */
  readonly top: number | 'end';
  readonly search?: string;
  /** The line of the last hit. */
  readonly hit?: number;
}

/** The list of steps while it has the keys: to look at one, or to go to one. */
export interface OutlineFocus {
  readonly cursor: Address;
  readonly purpose: 'look' | 'go-to';
}

/** Something that the operator should hear of, in a line. */
export interface Notice {
  readonly text: string;
  readonly tone: 'warn' | 'good' | 'muted';
}

/** What the screen shows and what is being typed. */
export interface UiState {
  /** Before the run begins, while it goes, after it has ended. */
  readonly stage: 'welcome' | 'run' | 'end';
  /** Who gets the keys while a block with a terminal of its own runs. */
  readonly focus: 'tool' | 'block';
  /** The item looked at; undefined follows the run. */
  readonly look: Address | undefined;
  /** First line of the step's text; undefined keeps the item at hand in sight. */
  readonly pageTop: number | undefined;
  readonly outline: OutlineFocus | undefined;
  readonly pager: Pager | undefined;
  readonly dialog: Dialog | undefined;
  /** The name of the question that stands, which no other one has. */
  readonly asked: string | undefined;
  /** The chosen line of the list that a question shows; -1 while none is chosen. */
  readonly listAt: number;
  /** What the text of the page is searched for, and the line that was found last. */
  readonly search: { readonly text: string; readonly hit: number } | undefined;
  /** Whether the wheel of the mouse comes here; the terminal marks text with it otherwise. */
  readonly wheel: boolean;
  /** Undo items that the operator has unticked. */
  readonly unticked: readonly Address[];
  /** Whether keys count: not before what they would answer has been in sight. */
  readonly hears: boolean;
  /** Gone with the next key. */
  readonly notice: Notice | undefined;
  /** Until then (steady milliseconds) no key makes the run go on: a key held down counts once. */
  readonly quietUntilMs: number;
}

/** What a reducer may know of everything else; made anew for each key. */
export interface UiContext {
  readonly state: RunState;
  readonly question: Question | undefined;
  readonly by: Actor;
  /** Steady milliseconds. */
  readonly nowMs: number;
  /** Where the run is; undefined before it began and where nothing is left. */
  readonly current: Address | undefined;
  /** Items of the outline from top to bottom. */
  readonly order: readonly Address[];
  /** The text of the step as it is on the screen. */
  readonly page: {
    readonly top: number;
    readonly length: number;
    readonly height: number;
    /** The line before which everything has to have been in sight before the item at hand may run. */
    readonly until: number;
    /** The next line from `from` on, going by `step`, that holds the text. */
    readonly find?: (text: string, from: number, step: 1 | -1) => number | undefined;
  };
  readonly pager: {
    readonly length: number;
    readonly height: number;
    /** The next line from `from` on, going by `step`, that holds the text. */
    find(text: string, from: number, step: 1 | -1): number | undefined;
  };
  readonly hasOutput: (address: Address) => boolean;
  /** Whose output stands below the text. */
  readonly shownOutput: Address | undefined;
  /** Whether the running block has a terminal that keys can go to. */
  readonly childAttached: boolean;
  /** Whether the operator has an editor of their own. */
  readonly hasEditor: boolean;
}

/** The screen after a key, and what follows outside of it. */
export interface Reduced {
  readonly ui: UiState;
  readonly effects: readonly UiEffect[];
}

/** The screen of a run that goes on, with nothing open. */
export const initialUi: UiState = {
  stage: 'run',
  focus: 'tool',
  look: undefined,
  pageTop: undefined,
  outline: undefined,
  pager: undefined,
  dialog: undefined,
  asked: undefined,
  listAt: 0,
  search: undefined,
  wheel: true,
  unticked: [],
  hears: false,
  notice: undefined,
  quietUntilMs: 0,
};

/** How long after a key that makes the run go on no other one does. */
export const quietMs = 250;

/** Who acts here: the operator of the run, who has no name before it begins. */
export function operatorOf({ operator }: RunState): Actor {
  return operator ?? { user: 'operator', host: '' };
}

/** The item of the plan at an address. */
export function itemAt(state: RunState, address: Address | undefined): PlanItem | undefined {
  return address === undefined ? undefined : state.plan.items[state.indexOf.get(address) ?? -1];
}

/** What is known of the item at an address. */
export function stateAt(state: RunState, address: Address | undefined): ItemState | undefined {
  return address === undefined ? undefined : state.items[state.indexOf.get(address) ?? -1];
}

/** Where the run is: what is asked about (of a plan, the chosen line), what runs, or what comes next. */
export function currentAddress(
  state: RunState,
  question: Question | undefined,
  listAt: number,
): Address | undefined {
  if (question?.type === 'rollback-plan') return question.items[listAt] ?? question.items[0];
  if (question && 'address' in question) return question.address;
  const running = state.items.findIndex(({ status }) => status === 'running' || status === 'retrying');
  if (running >= 0) return state.plan.items[running]?.address;
  if (state.rollback) {
    const open = state.rollback.order.find((index) => state.items[index]?.status === 'pending');
    return state.plan.items[open ?? state.rollback.order.at(-1) ?? -1]?.address;
  }
  const next = Math.min(state.cursor, state.mainCount - 1);
  return state.plan.items[next]?.address;
}

/** The item whose step is on the screen. */
export function shownAddress(ui: UiState, current: Address | undefined): Address | undefined {
  return ui.look ?? current;
}

/** Whether keys go to the running block: it has a terminal, the operator is with it, and nothing is open above. */
export function keysGoToBlock(ui: UiState, childAttached: boolean): boolean {
  return (
    childAttached &&
    ui.focus === 'block' &&
    ui.stage === 'run' &&
    ui.dialog === undefined &&
    ui.pager === undefined &&
    ui.outline === undefined
  );
}

/** The screen when a question comes, changes or goes: lists begin anew, and what is being typed answers no other one. */
export function withQuestion(ui: UiState, question: Question | undefined, state: RunState): UiState {
  const asked = question && (questionId(state, question) ?? JSON.stringify(question));
  return {
    ...ui,
    hears: question === undefined && ui.hears,
    dialog: leftDialog(ui.dialog, ui.asked, asked),
    asked,
    listAt: question ? firstChoice(question, state) : 0,
    unticked: [],
    search: undefined,
    pageTop: question && ui.look === undefined ? undefined : ui.pageTop,
  };
}

function firstChoice(question: Question, state: RunState): number {
  // What nobody knows the end of, or whether it belongs here, is never run by a stray Enter.
  if (['in-doubt', 'doubtful', 'choice'].includes(question.type)) return -1;
  if (question.type === 'manual' && askAt(state, question.address)) return -1;
  if (question.type !== 'checklist') return 0;
  const ticks = stateAt(state, question.address)?.ticks ?? [];
  return Math.max(0, ticks.indexOf(false));
}

/** What a step for a person asks for. */
export function askAt(state: RunState, address: Address): ManualItem['ask'] {
  const item = itemAt(state, address);
  return item?.kind === 'manual' ? item.ask : undefined;
}

/** Whether every item of a checklist is ticked. */
export function areTicked(state: RunState, address: Address): boolean {
  return stateAt(state, address)?.ticks.every(Boolean) === true;
}

/** Says something that is no warning. */
export function withNotice(ui: UiState, text: string): UiState {
  return { ...ui, notice: { text, tone: 'muted' } };
}

/** The screen alone, with nothing to follow from it. */
export function withoutEffects(ui: UiState): Reduced {
  return { ui, effects: [] };
}

/** Asks for a line of text. */
export function askText(
  ui: UiState,
  purpose: TextPurpose,
  title: string,
  address: Address | undefined,
): Reduced {
  const dialog = { type: 'text', purpose, title, field: textField() } as const;
  return { ui: { ...ui, dialog: address === undefined ? dialog : { ...dialog, address } }, effects: [] };
}
