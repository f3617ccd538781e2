// Owns how a recorded event changes what is known of a run.

import type { Address } from '../basics/address.ts';
import { machineName } from '../basics/machine-address.ts';
import { answeredQuestion } from './answers/answered-question.ts';
import { keepAnswer } from './answers/keep-answer.ts';
import type { EventOf, ItemEvent, RecordedEvent } from './event.ts';
import { takeOverApproval } from './evolution/evolve-approval.ts';
import { evolveItem } from './evolution/evolve-item.ts';
import { evolveRollback } from './evolution/evolve-rollback.ts';
import { endTurn } from './evolution/evolve-turn.ts';
import { reopenRun } from './evolution/reopen-run.ts';
import { scopedOutputs } from './inputs/scoped-outputs.ts';
import type { Plan, PlanItem } from './plan.ts';
import { selectItems } from './planning/select-items.ts';
import type { RunOptions } from './run-options.ts';
import { type ItemState, isSettled, type RunState } from './state.ts';
import { fellowsOf } from './targets/fellows-of.ts';

const noOptions: RunOptions = {
  yes: false,
  dryRun: false,
  rehearse: false,
  allowDestructive: false,
  manual: 'pause',
  log: 'document',
  selection: { steps: [], tags: [] },
};

/** The state of a run of which nothing has happened yet. */
export function initialState(plan: Plan): RunState {
  const firstUndo = plan.items.findIndex((item) => item.phase === 'rollback');
  return {
    plan,
    lifecycle: 'new',
    mode: 'guided',
    options: noOptions,
    inputs: {},
    gateOpen: false,
    items: plan.items.map(initialItem),
    indexOf: new Map<Address, number>(plan.items.map((item, index) => [item.address, index])),
    mainCount: firstUndo === -1 ? plan.items.length : firstUndo,
    choices: {},
    cursor: 0,
    auto: 'none',
    hostStates: {},
    captured: {},
    notes: [],
    answers: [],
    updates: [],
    shellsOpened: 0,
    lastSeq: 0,
  };
}

function initialItem(item: PlanItem): ItemState {
  return {
    status: item.phase === 'rollback' ? 'excluded' : 'pending',
    attempts: 0,
    failures: 0,
    touched: false,
    touchedSeq: 0,
    released: false,
    confirmed: false,
    // What stands ticked in the page was ticked before this run, by nobody knows whom.
    ticks: item.kind === 'checklist' ? item.entries.map(() => false) : [],
  };
}

/** The state after one more event; never changes the state it is given. */
export function evolve(before: RunState, recorded: RecordedEvent): RunState {
  const state: RunState = { ...before, lastSeq: recorded.seq };
  const { event, at } = recorded;
  switch (event.type) {
    case 'RunStarted':
    case 'RunResumed':
    case 'RunPaused':
    case 'RunEnded':
      return evolveLifecycle(state, event, at);
    case 'PhaseStarted':
      return { ...state, phase: event.phase };
    case 'GateOpened':
      return { ...state, gateOpen: true };
    case 'AutoRunChosen':
      return { ...state, auto: event.until };
    case 'NoteAdded': {
      const note = { text: event.text, by: event.by, at };
      const placed = event.address ? { ...note, address: event.address } : note;
      const notes = [...state.notes, placed];
      return { ...state, notes, ...(event.goesOn && { goesOn: true }) };
    }
    case 'UpdateWritten':
      return { ...state, updates: [...state.updates, { text: event.text, by: event.by, at }] };
    case 'ChoiceMade':
      return { ...state, choices: { ...state.choices, [event.choice]: event.branches } };
    case 'CleanupDecided':
      // Whoever wants it wants all of it; after a block that fails the operator is asked again.
      return event.wanted ? { ...state, cleanup: 'wanted', auto: 'gate' } : { ...state, cleanup: 'declined' };
    case 'QuestionAnswered': {
      // Whoever answers for the run operates it.
      const items = state.items.map((item) => takeOverApproval(item, event.by));
      return { ...state, items, answers: keepAnswer(state.answers, event) };
    }
    case 'AnswerTaken': {
      const at = state.answers.findIndex(({ question }) => question === event.question);
      return { ...state, answers: state.answers.filter((_, index) => index !== at) };
    }
    case 'ShellOpened':
    case 'ShellClosed':
      return evolveShell(state, event);
    case 'RollbackPlanned':
    case 'RollbackStarted':
    case 'RollbackDeclined':
      return evolveRollback(state, event);
    case 'RunbookChanged':
    case 'DocumentNotWritten':
    case 'RecordSealed':
    case 'RunFoundBrokenOff':
    case 'RunTakenOver':
    case 'NotificationSent':
    case 'NotificationFailed':
    case 'AnswerRefused':
      return state;
    default:
      return evolveAddressed(state, event, recorded);
  }
}

function evolveLifecycle(
  state: RunState,
  event: EventOf<'RunStarted' | 'RunResumed' | 'RunPaused' | 'RunEnded'>,
  at: string,
): RunState {
  switch (event.type) {
    case 'RunStarted':
      return begin(state, event, at);
    case 'RunResumed': {
      const options = event.options ?? state.options;
      const items = state.items.map((item) => takeOverApproval(item, event.by));
      const resumed = { ...state, items, operator: event.by, mode: event.mode, options };
      const answered = answeredQuestion(state);
      return advance(reopenRun(resumed, answered?.type === 'failure' ? answered.address : undefined));
    }
    case 'RunPaused': {
      // Said while it was at work, it is not of this rest.
      const { goesOn: _goesOn, ...rest } = state;
      return {
        ...rest,
        lifecycle: 'paused',
        pause: {
          reason: event.reason,
          message: event.message,
          ...(event.at && { at: event.at }),
          ...(event.change && { change: event.change }),
        },
      };
    }
    case 'RunEnded':
      return { ...state, lifecycle: 'ended', outcome: event.outcome };
  }
}

function begin(state: RunState, event: EventOf<'RunStarted'>, at: string): RunState {
  return advance({
    ...state,
    lifecycle: 'running',
    run: event.run,
    startedAt: at,
    startedBy: event.by,
    operator: event.by,
    mode: event.mode,
    options: event.options,
    inputs: event.inputs,
    cwd: event.cwd,
    // Where there is nothing to hold, there is no gate to open.
    gateOpen: !state.plan.items.some((item) => item.phase === 'preconditions'),
    items: excludeUnchosen(state, event.options),
  });
}

function evolveShell(state: RunState, event: EventOf<'ShellOpened' | 'ShellClosed'>): RunState {
  if (event.type === 'ShellOpened') {
    const shell = { by: event.by, ...(event.at && { at: event.at }) };
    return { ...state, shell, shellsOpened: state.shellsOpened + 1 };
  }
  const { shell: _shell, ...rest } = state;
  return event.shellState ? { ...rest, shellState: event.shellState } : rest;
}

function evolveAddressed(state: RunState, event: ItemEvent, recorded: RecordedEvent): RunState {
  const index = state.indexOf.get(event.address);
  const item = index === undefined ? undefined : state.items[index];
  // A journal may name an item that a later plan no longer holds; its event then says nothing about the plan.
  if (index === undefined || item === undefined) return state;
  const changed = keepTurns(
    state,
    index,
    event,
    countBackground(state, evolveItem(item, event, recorded), event),
  );
  let next: RunState = { ...state, items: state.items.with(index, changed) };
  const planned = state.plan.items[index];
  const user = planned?.kind === 'block' ? planned.user : undefined;
  if ('result' in event && event.type !== 'HostEnded' && event.type !== 'LateOutput') {
    if (event.result.shellState) next = { ...next, shellState: event.result.shellState };
    const { captured } = event.result;
    const { userState } = event.result;
    if (userState) next = { ...next, hostStates: { ...next.hostStates, [machineName({ user })]: userState } };
    if (planned?.kind === 'block' && Object.keys(captured).length > 0) {
      next = { ...next, captured: { ...next.captured, ...captured, ...scopedOutputs(planned, captured) } };
    }
  }
  if (
    event.type === 'ManualStepDone' &&
    event.answer !== undefined &&
    planned?.kind === 'manual' &&
    planned.ask
  ) {
    const answer = { [planned.ask.variable]: event.answer };
    next = { ...next, captured: { ...next.captured, ...answer, ...scopedOutputs(planned, answer) } };
  }
  if (event.type === 'HostEnded' && event.result.shellState !== undefined) {
    const { host, shellState } = event.result;
    next = { ...next, hostStates: { ...next.hostStates, [machineName({ host, user })]: shellState } };
  }
  // A failure ends "run on", so that the operator is asked again afterwards.
  const hasFailed = event.type === 'BlockFailed' || (event.type === 'BackgroundEnded' && event.reason);
  if (hasFailed && next.auto === 'gate') next = { ...next, auto: 'none' };
  // It lies behind the cursor, and what follows from its failure comes before anything else.
  if (changed.status === 'failed') next = { ...next, cursor: Math.min(next.cursor, index) };
  if (event.type === 'JumpedTo') next = { ...next, cursor: Math.min(next.cursor, index) };
  return advance(next);
}

/** A block that has turns says so from its first event on; one that has none for any item of its turn is through with it. */
function keepTurns(state: RunState, index: number, event: ItemEvent, item: ItemState): ItemState {
  if (fellowsOf(state.plan, index).length === 0) return item;
  const asked = event.type === 'ConditionChecked' || event.type === 'FileCompared';
  const isRuledOut = item.whenHolds === false || item.checkHolds === true;
  if (asked && isRuledOut && item.status !== 'in-doubt') return endTurn(item);
  return item.turn === undefined ? { ...item, turn: [] } : item;
}

/** A run that is over, undone or tidied up has no use for a decision about what went on beside it; it counts. */
function countBackground(state: RunState, item: ItemState, event: ItemEvent): ItemState {
  if (event.type !== 'BackgroundEnded' || item.status !== 'failed') return item;
  const mayDecide =
    state.lifecycle !== 'ended' && state.rollback === undefined && state.cleanup === undefined;
  return mayDecide ? item : { ...item, status: 'failed-continued' };
}

/** Moves the cursor over settled items; it only moves back by a jump, a resume, or a failure in the background. */
function advance(state: RunState): RunState {
  let cursor = state.cursor;
  for (; cursor < state.mainCount; cursor += 1) {
    const item = state.items[cursor];
    if (item === undefined) break;
    // A link that has begun is settled after the items that it brings, which stand behind it.
    const begun = item.status === 'running' && state.plan.items[cursor]?.kind === 'runbook';
    if (!begun && !isSettled(item.status)) break;
  }
  return cursor === state.cursor ? state : { ...state, cursor };
}

function excludeUnchosen(state: RunState, options: RunOptions): readonly ItemState[] {
  const chosen = selectItems(state.plan, options.selection);
  return state.items.map((item, index) =>
    index < state.mainCount && chosen[index] === false ? { ...item, status: 'excluded' } : item,
  );
}
