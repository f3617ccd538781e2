// Owns how a recorded event changes what is known of a run.
import type { Address } from '../basics/address.ts';
import type { RecordedEvent } from './event.ts';
import { evolveItem, withoutAnswers } from './evolve-item.ts';
import type { Plan, PlanItem } from './plan.ts';
import { selectItems } from './planning/select-items.ts';
import { linksAround, membersOf } from './rules/links-around.ts';
import type { RunOptions } from './run-options.ts';
import { type ItemState, isSettled, type RunState } from './state.ts';

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
    cursor: 0,
    auto: 'none',
    hostStates: {},
    captured: {},
    notes: [],
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
    ticks: item.kind === 'checklist' ? item.entries.map((entry) => entry.ticked) : [],
  };
}

/** The state after one more event; never changes the state it is given. */
export function evolve(before: RunState, recorded: RecordedEvent): RunState {
  const state: RunState = { ...before, lastSeq: recorded.seq };
  const { event, at } = recorded;
  switch (event.type) {
    case 'RunStarted':
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
    case 'RunResumed':
      return advance(
        resumed({
          ...state,
          operator: event.by,
          mode: event.mode,
          options: event.options ?? state.options,
        }),
      );
    case 'RunPaused':
      return {
        ...state,
        lifecycle: 'paused',
        pause: { reason: event.reason, message: event.message, ...(event.at && { at: event.at }) },
      };
    case 'RunEnded':
      return { ...state, lifecycle: 'ended', outcome: event.outcome };
    case 'PhaseStarted':
      return { ...state, phase: event.phase };
    case 'GateOpened':
      return { ...state, gateOpen: true };
    case 'AutoRunChosen':
      return { ...state, auto: event.until };
    case 'NoteAdded': {
      const note = { text: event.text, by: event.by, at };
      return {
        ...state,
        notes: [...state.notes, event.address ? { ...note, address: event.address } : note],
      };
    }
    case 'CleanupDecided':
      // Whoever wants it wants all of it; a block that fails takes the wheel back.
      return event.wanted ? { ...state, cleanup: 'wanted', auto: 'gate' } : { ...state, cleanup: 'declined' };
    case 'ShellOpened': {
      const shell = { by: event.by, ...(event.at && { at: event.at }) };
      return { ...state, shell, shellsOpened: state.shellsOpened + 1 };
    }
    case 'ShellClosed': {
      const { shell: _shell, ...rest } = state;
      return event.shellState ? { ...rest, shellState: event.shellState } : rest;
    }
    case 'RollbackPlanned':
      return planRollback(state, event.items, event.automatic);
    case 'RollbackStarted':
      return startRollback(state, event.excluded);
    case 'RollbackDeclined':
      return declineRollback(state);
    case 'RunbookChanged':
    case 'DocumentNotWritten':
    case 'NotificationSent':
    case 'NotificationFailed':
      return state;
    default:
      return evolveAddressed(state, recorded, event.address);
  }
}

function evolveAddressed(state: RunState, recorded: RecordedEvent, address: Address): RunState {
  const index = state.indexOf.get(address);
  const item = index === undefined ? undefined : state.items[index];
  // A journal may name an item that a later plan no longer holds; its event then says nothing about the plan.
  if (index === undefined || item === undefined) return state;
  const changed = evolveItem(item, recorded);
  let next: RunState = { ...state, items: state.items.with(index, changed) };
  const { event } = recorded;
  if (event.type === 'BlockPassed' || event.type === 'BlockFailed' || event.type === 'BackgroundEnded') {
    if (event.result.shellState) next = { ...next, shellState: event.result.shellState };
    if (Object.keys(event.result.captured).length > 0) {
      next = { ...next, captured: { ...next.captured, ...event.result.captured } };
    }
  }
  if (event.type === 'HostEnded' && event.result.shellState !== undefined) {
    const { host, shellState } = event.result;
    next = { ...next, hostStates: { ...next.hostStates, [host]: shellState } };
  }
  // A failure takes the wheel back from "run on", so that the operator is asked again afterwards.
  if (event.type === 'BlockFailed' && next.auto === 'gate') next = { ...next, auto: 'none' };
  if (event.type === 'JumpedTo') next = { ...next, cursor: Math.min(next.cursor, index) };
  return advance(next);
}

/** Moves the cursor over settled items; it only ever moves back by a jump or a resume. */
function advance(state: RunState): RunState {
  let cursor = state.cursor;
  for (; cursor < state.mainCount; cursor += 1) {
    const item = state.items[cursor];
    if (item === undefined) break;
    // A link that has begun is settled after the items that it brings, which stand behind it.
    const begun = item.status === 'running' && isLink(state.plan.items[cursor]);
    if (!begun && !isSettled(item.status)) break;
  }
  return cursor === state.cursor ? state : { ...state, cursor };
}

function isLink(item: PlanItem | undefined): boolean {
  return item?.kind === 'runbook';
}

function excludeUnchosen(state: RunState, options: RunOptions): readonly ItemState[] {
  const chosen = selectItems(state.plan, options.selection);
  return state.items.map((item, index) =>
    index < state.mainCount && chosen[index] === false ? { ...item, status: 'excluded' } : item,
  );
}

/**
 * A run that is taken up again: what was running is in doubt, conditions are asked anew, and preconditions
 * must hold again. In a rollback the gate is behind us, so preconditions stay as they were.
 */
function resumed(state: RunState): RunState {
  const inRollback = state.rollback !== undefined;
  const items = state.items.map((item, index): ItemState => {
    const planned = state.plan.items[index];
    if (item.endedByRun && item.status === 'passed' && !inRollback) {
      return { ...forgetConditions(item), status: 'pending', endedByRun: false, released: false };
    }
    if (item.status === 'running' && isLink(planned)) return item;
    // Where nobody is there to look, what was interrupted half-way is in doubt, too.
    const interrupted = item.status === 'failed' && item.reason?.type === 'interrupted' && !inRollback;
    // What its probe said before it started says nothing of how it ended.
    if (
      item.status === 'running' ||
      item.status === 'in-doubt' ||
      (interrupted && state.mode === 'unattended')
    )
      return { ...forgetConditions(withHostsInDoubt(item)), status: 'in-doubt', released: false };
    if (item.status === 'retrying') return { ...forgetConditions(item), status: 'pending', failures: 0 };
    if (item.status === 'pending') return { ...forgetConditions(item), released: false };
    const recheck = planned?.phase === 'preconditions' && planned.kind === 'block' && planned.risk === 'read';
    if (recheck && !inRollback && (item.status === 'passed' || item.status === 'failed')) {
      return { ...forgetConditions(item), status: 'pending', failures: 0, released: false };
    }
    // A failing undo is tried again; everything else that failed waits for its decision.
    if (inRollback && item.status === 'failed')
      return { ...forgetConditions(item), status: 'pending', failures: 0 };
    // What cut a linked runbook off is over: it goes on where it was.
    if (isLink(planned) && item.status === 'failed' && item.reason?.type === 'runbook' && !inRollback) {
      const open = membersOf(state, index).some(
        (member) => !isSettled(state.items[member]?.status ?? 'passed'),
      );
      if (open) return { ...item, status: 'running' };
    }
    if (item.status === 'failed') {
      const { decision: _decision, ...undecided } = item;
      return undecided;
    }
    return item;
  });
  // A shell that was open when the run broke off is gone; it was the operator's own, and nothing of it is in doubt.
  const { outcome: _outcome, pause: _pause, shell: _shell, cleanup: _cleanup, ...rest } = state;
  return { ...rest, lifecycle: 'running', auto: 'none', items, cursor: 0 };
}

function forgetConditions(item: ItemState): ItemState {
  const { whenHolds: _when, checkHolds: _check, retryDelayMs: _delay, ...rest } = item;
  return withoutAnswers(rest);
}

function withHostsInDoubt(item: ItemState): ItemState {
  if (item.onHosts === undefined) return item;
  const onHosts = Object.entries(item.onHosts).map(([host, progress]) => [
    host,
    progress.status === 'running' ? { ...progress, status: 'in-doubt' as const } : progress,
  ]);
  return { ...item, onHosts: Object.fromEntries(onHosts) };
}

function planRollback(state: RunState, addresses: readonly Address[], automatic: boolean): RunState {
  const order = addresses.flatMap((address) => state.indexOf.get(address) ?? []);
  return { ...state, rollback: { status: 'planned', order, automatic } };
}

/** The failure that led here is undecided again, so that the operator can choose something else. */
function declineRollback(state: RunState): RunState {
  const { rollback: _rollback, ...rest } = state;
  const items = state.items.map((item): ItemState => {
    if (item.status !== 'failed' || item.decision !== 'rollback') return item;
    const { decision: _decision, ...undecided } = item;
    return undecided;
  });
  return { ...rest, items };
}

function startRollback(state: RunState, excluded: readonly Address[]): RunState {
  if (!state.rollback) return state;
  const left = new Set(excluded);
  const items = [...state.items];
  for (const index of state.rollback.order) {
    const item = items[index];
    const planned = state.plan.items[index];
    if (!item || !planned || left.has(planned.address)) continue;
    const around = linksAround(state, planned).map((link) => state.plan.items[link]?.address);
    if (around.some((link) => link !== undefined && left.has(link))) continue;
    if (item.status === 'excluded') items[index] = { ...item, status: 'pending' };
  }
  return { ...state, phase: 'rollback', items, rollback: { ...state.rollback, status: 'running' } };
}
