// Owns what becomes of the items of a run that is taken up again.
import type { Address } from '../../basics/address.ts';
import type { PlanItem } from '../plan.ts';
import { changedAnything } from '../rules/end-run.ts';
import { goesOn } from '../rules/goes-on.ts';
import type { ItemState, RunState } from '../state.ts';
import { forgetConditions, withoutRest } from './evolve-item.ts';
import { isTurnAtRest } from './evolve-turn.ts';

/**
 * A run that is taken up again: what was running is in doubt, conditions are asked anew, and preconditions are, too.
 * They must hold again, but where the run has changed something meanwhile: it may be what they do not hold for. In a
 * rollback the gate is behind us, so preconditions stay as they were. `answered` has the item whose failure somebody has
 * answered meanwhile.
 */
export function reopenRun(state: RunState, answered?: Address): RunState {
  const at = answered === undefined ? -1 : state.indexOf.get(answered);
  const items = state.items.map((item, index) => reopenItem(state, item, index, index === at));
  // A shell that was open when the run broke off is gone; it was the operator's own, and nothing of it is in doubt.
  const {
    outcome: _outcome,
    pause: _pause,
    goesOn: _goesOn,
    shell: _shell,
    cleanup: _cleanup,
    ...rest
  } = state;
  return { ...rest, lifecycle: 'running', auto: 'none', items, cursor: 0 };
}

function reopenItem(state: RunState, item: ItemState, index: number, isAnswered: boolean): ItemState {
  const planned = state.plan.items[index];
  const inRollback = state.rollback !== undefined;
  if (item.status === 'passed') return reopenPassed(state, item, planned);
  if (item.skipReason === 'no-gate' && !inRollback) return checkAgain(state, item);
  if (item.status === 'running' && planned?.kind === 'runbook') return item;
  // What had not begun, or has ended, before the whole turn was over is in no doubt.
  if (item.status === 'running' && isTurnAtRest(item))
    return { ...forgetConditions(item), status: 'pending', released: false };
  // What somebody has said is to follow does.
  if (item.status === 'failed' && isAnswered) return undecided(item);
  if (isInDoubt(state, item))
    // What its probe said before it started says nothing of how it ended.
    return { ...forgetConditions(withHostsInDoubt(item)), status: 'in-doubt', released: false };
  if (item.status === 'retrying')
    return { ...forgetConditions(withoutRest(item)), status: 'pending', failures: 0 };
  if (item.status === 'pending') return { ...forgetConditions(withoutRest(item)), released: false };
  return item.status === 'failed' ? reopenFailed(state, item, index) : item;
}

function reopenPassed(state: RunState, item: ItemState, planned: PlanItem | undefined): ItemState {
  if (state.rollback !== undefined) return item;
  // What went on when the run broke off is gone with it.
  if (item.endedByRun || goesOn(planned, item))
    return { ...forgetConditions(item), status: 'pending', released: false };
  return isCheckedAgain(planned) ? checkAgain(state, item) : item;
}

/** Where nobody is there to look, what was interrupted half-way is in doubt, too. */
function isInDoubt({ rollback, mode }: RunState, { status, reason }: ItemState): boolean {
  if (status === 'running' || status === 'in-doubt') return true;
  const interrupted = status === 'failed' && reason?.type === 'interrupted' && rollback === undefined;
  return interrupted && mode === 'unattended';
}

function reopenFailed(state: RunState, item: ItemState, index: number): ItemState {
  const planned = state.plan.items[index];
  // A failing undo is tried again; everything else that failed waits for its decision.
  if (state.rollback !== undefined) return { ...forgetConditions(item), status: 'pending', failures: 0 };
  if (isCheckedAgain(planned)) return checkAgain(state, item);
  // What cut a linked runbook off is over: it goes on where it was.
  if (planned?.kind === 'runbook' && item.reason?.type === 'runbook') return { ...item, status: 'running' };
  return undecided(item);
}

function undecided(item: ItemState): ItemState {
  // What of its shell is kept is not all of it: secrets are left out.
  const { decision: _decision, ...rest } = withoutRest(item);
  return rest;
}

/** Preconditions that only read cost nothing to ask once more. */
function isCheckedAgain(planned: PlanItem | undefined): boolean {
  return planned?.phase === 'preconditions' && planned.kind === 'block' && planned.risk === 'read';
}

function checkAgain(state: RunState, item: ItemState): ItemState {
  const { skipReason, ...known } = forgetConditions(item);
  const held = known.status === 'passed' || skipReason === 'no-gate' || known.isNoGate;
  return {
    ...known,
    status: 'pending',
    failures: 0,
    released: false,
    ...(held && changedAnything(state) && { isNoGate: true }),
  };
}

function withHostsInDoubt(item: ItemState): ItemState {
  if (item.onHosts === undefined) return item;
  const onHosts = Object.entries(item.onHosts).map(([host, progress]) => [
    host,
    progress.status === 'running' ? { ...progress, status: 'in-doubt' as const } : progress,
  ]);
  return { ...item, onHosts: Object.fromEntries(onHosts) };
}
