// Owns what follows when an item fails: retries, the policy when nobody is there, the operator's choices.
import type { Address } from '../../basics/address.ts';
import type { FailureDecision } from '../event.ts';
import type { BlockItem, PlanItem } from '../plan.ts';
import type { ItemState, RunState } from '../state.ts';
import { type Effect, pause, policyActor, record } from './effect.ts';
import { enclosingLinks, isInnerGate } from './enclosing-links.ts';
import { changedAnything, endRunAt } from './end-run.ts';

/** What follows now for an item that failed. */
export function failureEffect(state: RunState, item: PlanItem, known: ItemState): Effect {
  if (known.decision === 'stop') return endRunAt(state, item);
  if (mayRetry(item, known)) {
    const delayMs = item.kind === 'block' ? delayBefore(item, known.failures) : 0;
    return record({ type: 'RetryScheduled', address: item.address, attempt: known.attempts + 1, delayMs });
  }
  if (state.mode === 'unattended' && known.reason?.type === 'interrupted') {
    return record(pause('interrupt', `\`${item.address}\` was interrupted`, item));
  }
  if (known.isNoGate) return record({ type: 'BlockSkipped', address: item.address, reason: 'no-gate' });
  const decision = automaticDecision(state, item, known);
  if (decision === 'ask') {
    return {
      type: 'ask',
      question: { type: 'failure', address: item.address, choices: failureChoices(state, item) },
    };
  }
  if (decision === 'pause')
    return record(pause('failure', `\`${item.address}\` failed, and nobody has said what follows`, item));
  return record({
    type: 'FailureDecided',
    address: item.address,
    decision,
    by: policyActor(state),
    automatic: true,
  });
}

/**
 * How long to wait after so many failures: always the same, or twice as long each time where a longest wait is
 * given. Nothing is left to chance: it is one run that asks again, not a crowd.
 */
function delayBefore({ intervalMs, longestIntervalMs }: BlockItem, failures: number): number {
  if (longestIntervalMs === undefined) return intervalMs;
  return Math.min(longestIntervalMs, intervalMs * 2 ** (failures - 1));
}

/** An interrupted, denied or unstartable block is not tried again by itself: it would end the same way. */
export function mayRetry(item: PlanItem, known: ItemState): boolean {
  const reason = known.reason?.type;
  if (reason === 'interrupted' || reason === 'denied' || reason === 'spawn') return false;
  return item.kind === 'block' && known.failures > 0 && known.failures <= item.retries;
}

/**
 * The block's own word first, then that of the link that brought it, then the run's `--on-failure`, then asking
 * where somebody can be asked. A failed precondition always stops and an undo is never rolled back, whatever was
 * written. Where a link says `continue`, the run goes on behind the link.
 */
function automaticDecision(state: RunState, item: PlanItem, known: ItemState): FailureDecision | 'ask' {
  const fallback = state.mode === 'guided' ? 'ask' : withoutOperator(state, item, known);
  // Who denies all the rest has decided of it, whatever is written for a failure.
  if (known.reason?.type === 'denied' && known.approval?.rest) return fallback;
  if (item.phase === 'rollback' || item.phase === 'preconditions') return fallback;
  const own = isInnerGate(item) ? undefined : item.onFailure;
  const ofLinks = enclosingLinks(state, item).flatMap((link) => state.plan.items[link]?.onFailure ?? []);
  const policy = own ?? ofLinks[0] ?? state.options.onFailure ?? 'ask';
  if (policy === 'ask') return fallback;
  const tidies = item.phase === 'cleanup' && state.cleanup === 'wanted';
  if (policy === 'rollback' && (tidies || !changedAnything(state))) return 'stop';
  return policy;
}

/** A server has people who can be asked: the run rests until one of them has answered. */
function withoutOperator(
  { options }: RunState,
  { phase }: PlanItem,
  { reason }: ItemState,
): 'pause' | 'stop' {
  const isAsked = options.servedBy !== undefined && phase !== 'preconditions' && reason?.type !== 'denied';
  return isAsked ? 'pause' : 'stop';
}

/** What the operator may choose; a gate cannot be stepped over and an undo cannot be undone. */
export function failureChoices(state: RunState, item: PlanItem): readonly FailureDecision[] {
  const reason = state.items[state.indexOf.get(item.address) ?? -1]?.reason;
  const hasRest = reason?.type === 'exit' && reason.at?.rest !== undefined;
  const again: readonly FailureDecision[] = hasRest ? ['retry', 'run-rest'] : ['retry'];
  // Tidying after a bad end is no new beginning: what came before it is decided.
  if (item.phase === 'cleanup' && state.cleanup === 'wanted')
    return [...again, 'skip', 'mark-done', 'continue', 'pause', 'stop'];
  if (item.phase === 'preconditions') return [...again, 'mark-done', 'pause', 'stop'];
  if (item.phase === 'rollback') return [...again, 'skip', 'mark-done', 'pause', 'stop'];
  const rollback: readonly FailureDecision[] = changedAnything(state) ? ['rollback'] : [];
  if (isInnerGate(item)) return [...again, 'mark-done', 'continue', ...rollback, 'pause', 'stop'];
  return [...again, 'skip', 'mark-done', 'continue', ...rollback, 'pause', 'stop'];
}

/**
 * Whether a run that rests does so because of a failure of which it was known what was to become. A step that was
 * denied meanwhile has still to have its end.
 */
export function stoodAtFailure({ lifecycle, pause }: RunState): boolean {
  return lifecycle === 'ended' || pause?.reason === 'failure';
}

/** The item that has failed and waits to be decided on; undefined where none does, or all is being undone. */
export function openFailure({ plan, items, mainCount, rollback }: RunState): Address | undefined {
  if (rollback !== undefined) return undefined;
  const index = items.findIndex(
    ({ status }, at) => status === 'failed' && at < mainCount && plan.items[at]?.kind !== 'runbook',
  );
  return plan.items[index]?.address;
}
