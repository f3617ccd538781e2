// Owns what a rollback consists of and its course.
import type { StepName } from '../../basics/address.ts';
import { followsNothing } from '../belonging/follows-nothing.ts';
import type { EventOf } from '../event.ts';
import type { PlanItem } from '../plan.ts';
import { isSettled, type RunState } from '../state.ts';
import { type Effect, policyActor, record } from './effect.ts';
import { enclosingLinks, membersOf } from './enclosing-links.ts';
import { endOfLink } from './end-of-link.ts';
import { changedAnything, endRun, leftUndone, mayChange } from './end-run.ts';
import { turnEffect } from './turn-effect.ts';

/** What a rollback needs next, or undefined when none is under way. */
export function rollbackEffect(state: RunState): Effect | undefined {
  if (!state.rollback) {
    const wanted = state.items.some((item) => item.status === 'failed' && item.decision === 'rollback');
    return wanted ? beginRollback(state) : undefined;
  }
  const addresses = state.rollback.order.flatMap((index) => state.plan.items[index]?.address ?? []);
  if (state.rollback.status === 'planned') {
    if (state.mode === 'guided')
      return { type: 'ask', question: { type: 'rollback-plan', items: addresses } };
    return record({ type: 'RollbackStarted', excluded: [], by: policyActor(state) });
  }
  for (const index of state.rollback.order) {
    const item = state.plan.items[index];
    const known = state.items[index];
    if (!item || !known || isSettled(known.status)) continue;
    if (item.kind !== 'runbook' || known.status !== 'running') return turnEffect(state, index);
    const open = membersOf(state, index).some((member) => !isSettledAt(state, member));
    if (!open) return record(...endOfLink(state, index));
  }
  const left = leftUndone(state);
  if (left.length > 0) return endRun(state, 'rollback-failed', 'the rollback was not completed', left);
  return endRun(state, 'rolled-back', undoneWords(state, state.rollback.order), []);
}

/** What a rollback has come to, and all that it did not undo. */
function undoneWords(state: RunState, order: readonly number[]): string {
  const leftOut = order.filter((index) => state.items[index]?.status === 'excluded').length;
  const without = stepsWithoutUndo(state, order);
  const notes = [
    ...(without.length > 0
      ? [`no undo is written for ${without.map((step) => `\`${step}\``).join(', ')}`]
      : []),
    ...(leftOut > 0 ? [`${leftOut} left out by the operator`] : []),
    ...(state.shellsOpened > 0 ? ['what was done in a shell is not undone'] : []),
  ];
  return notes.length === 0
    ? 'everything that ran was undone'
    : `the rollback is complete; ${notes.join('; ')}`;
}

/** Steps that changed something and that neither an undo of their own nor one of a whole runbook takes back. */
export function stepsWithoutUndo(state: RunState, order: readonly number[]): readonly StepName[] {
  const undone = new Set(order.map((index) => state.plan.items[index]?.undoes));
  // The document's own rollback section speaks for all of its steps.
  if (undone.has(undefined)) return [];
  const steps = state.plan.items.slice(0, state.mainCount).flatMap((item, index) => {
    if (!state.items[index]?.touched || !mayChange(item)) return [];
    // What runs in the background ends with the run, and what tidies has nothing to take back.
    if (item.phase === 'cleanup' || (item.kind === 'block' && item.background)) return [];
    const links = enclosingLinks(state, item).map((link) => state.plan.items[link]?.step);
    const isUndone = [item.step, item.validates, ...links].some(
      (step) => step !== undefined && undone.has(step),
    );
    return isUndone ? [] : [item.step];
  });
  return [...new Set(steps)];
}

function isSettledAt(state: RunState, index: number): boolean {
  const status = state.items[index]?.status;
  return status === undefined || isSettled(status);
}

function beginRollback(state: RunState): Effect {
  const planned = planRollbackEvent(state, true);
  if (planned) return record(planned);
  return endRun(
    state,
    'failed',
    'nothing can be rolled back: no step that ran has an undo, and the runbook has no rollback section',
    [],
  );
}

/** An old file is put back where its block may have written it, and a handler follows where a block of it was undone. */
function hasNothingToRestore(state: RunState, item: PlanItem): boolean {
  if (followsNothing(state, item)) return true;
  if (item.kind !== 'block' || item.restores === undefined) return false;
  return state.items[state.indexOf.get(item.restores) ?? -1]?.touched !== true;
}

/**
 * The plan of a rollback: the undo of every step that ran, failed half-way or is in doubt, the step touched last
 * first; then the document's own rollback section, where anything was changed at all. Undefined when that is
 * nothing.
 */
export function planRollbackEvent(
  state: RunState,
  automatic: boolean,
): EventOf<'RollbackPlanned'> | undefined {
  const touched = new Map<StepName, number>();
  state.plan.items.slice(0, state.mainCount).forEach((item, index) => {
    const known = state.items[index];
    if (!known?.touched || !mayChange(item)) return;
    touched.set(item.step, Math.max(touched.get(item.step) ?? 0, known.touchedSeq));
  });
  // A link is undone when something that it brought was done, and after all of that: it began before it.
  state.plan.items.slice(0, state.mainCount).forEach((item, index) => {
    const known = state.items[index];
    if (!known?.touched || !mayChange(item)) return;
    enclosingLinks(state, item).forEach((link, level) => {
      const step = state.plan.items[link]?.step;
      if (step === undefined) return;
      const before = known.touchedSeq - (level + 1) / 16;
      touched.set(step, Math.min(touched.get(step) ?? before, before));
    });
  });
  const steps = [...touched].sort((left, right) => right[1] - left[1]).map(([step]) => step);
  const undo = state.plan.items.slice(state.mainCount);
  const items = steps.flatMap((step) =>
    undo.filter((item) => item.undoes === step && !hasNothingToRestore(state, item)),
  );
  if (changedAnything(state)) items.push(...undo.filter((item) => item.undoes === undefined));
  if (items.length === 0) return undefined;
  return {
    type: 'RollbackPlanned',
    items: items.map((item) => item.address),
    steps,
    by: policyActor(state),
    automatic,
  };
}
