// Owns what follows when an item fails: retries, the policy when nobody is there, the operator's choices.
import { type Effect, pause, policyActor, record } from './effect.ts';
import type { FailureDecision, RunEvent } from './event.ts';
import { changedAnything, endRun } from './finish.ts';
import { isInnerGate, leaveLink, linksAround, supersede } from './linked-items.ts';
import type { PlanItem } from './plan.ts';
import type { ItemState, RunState } from './state.ts';

/** What follows now for an item that failed. */
export function failureEffect(state: RunState, item: PlanItem, known: ItemState): Effect {
  if (known.decision === 'stop') return endRun(state, item);
  if (mayRetry(item, known)) {
    const delayMs = item.kind === 'block' ? item.intervalMs : 0;
    return record({ type: 'RetryScheduled', address: item.address, attempt: known.attempts + 1, delayMs });
  }
  if (state.mode === 'unattended' && known.reason?.type === 'interrupted') {
    return record(pause('interrupt', `\`${item.address}\` was interrupted`, item));
  }
  const { decision, leave } = automaticDecision(state, item);
  if (decision === 'ask') {
    return {
      type: 'ask',
      question: { type: 'failure', address: item.address, choices: failureChoices(state, item) },
    };
  }
  return record(
    {
      type: 'FailureDecided',
      address: item.address,
      decision,
      by: policyActor(state),
      automatic: true,
    },
    ...(leave === undefined ? [] : leaveLink(state, leave, item.address)),
    ...afterDecision(state, item, decision, leave),
  );
}

/**
 * What a decision about a failed item means for others: a link that does not run takes all that it would have
 * brought with it, and a linked runbook whose precondition does not hold is left.
 */
export function afterDecision(
  state: RunState,
  item: PlanItem,
  decision: FailureDecision,
  left?: number,
): readonly RunEvent[] {
  const index = state.indexOf.get(item.address);
  const goesOn = decision === 'skip' || decision === 'mark-done' || decision === 'continue';
  if (item.kind === 'runbook' && index !== undefined && goesOn) return supersede(state, index, 'superseded');
  if (left !== undefined || decision !== 'continue' || !isInnerGate(item)) return [];
  const [link] = linksAround(state, item);
  return link === undefined ? [] : leaveLink(state, link, item.address);
}

/** An interrupted, denied or unstartable block is not tried again by itself: it would end the same way. */
function mayRetry(item: PlanItem, known: ItemState): boolean {
  const reason = known.reason?.type;
  if (reason === 'interrupted' || reason === 'denied' || reason === 'spawn') return false;
  return item.kind === 'block' && known.failures > 0 && known.failures <= item.retries;
}

interface AutomaticDecision {
  readonly decision: FailureDecision | 'ask';
  /** Index of the link that is left: what else it would have brought is not run. */
  readonly leave?: number;
}

/**
 * The block's own word first, then that of the link that brought it, then the run's `--on-failure`, then asking
 * where somebody can be asked. A failed precondition always stops and an undo is never rolled back, whatever was
 * written. Where a link says `continue`, the run goes on behind the link.
 */
function automaticDecision(state: RunState, item: PlanItem): AutomaticDecision {
  const fallback = state.mode === 'guided' ? 'ask' : 'stop';
  if (item.phase === 'rollback' || item.phase === 'preconditions') return { decision: fallback };
  const links = linksAround(state, item);
  const own = isInnerGate(item) ? undefined : item.onFailure;
  const leave = own === undefined ? links.find((link) => onFailureOf(state, link) !== undefined) : undefined;
  const wish = own ?? onFailureOf(state, leave) ?? state.options.onFailure ?? 'ask';
  if (wish === 'ask') return { decision: fallback };
  if (wish === 'rollback' && !changedAnything(state)) return { decision: 'stop' };
  return { decision: wish, ...(wish === 'continue' && leave !== undefined && { leave }) };
}

function onFailureOf(state: RunState, link: number | undefined): PlanItem['onFailure'] {
  return link === undefined ? undefined : state.plan.items[link]?.onFailure;
}

/** What the operator may choose; a gate cannot be stepped over and an undo cannot be undone. */
export function failureChoices(state: RunState, item: PlanItem): readonly FailureDecision[] {
  if (item.phase === 'preconditions') return ['retry', 'mark-done', 'pause', 'stop'];
  if (item.phase === 'rollback') return ['retry', 'skip', 'mark-done', 'pause', 'stop'];
  const rollback: readonly FailureDecision[] = changedAnything(state) ? ['rollback'] : [];
  if (isInnerGate(item)) return ['retry', 'mark-done', 'continue', ...rollback, 'pause', 'stop'];
  return ['retry', 'skip', 'mark-done', 'continue', ...rollback, 'pause', 'stop'];
}
