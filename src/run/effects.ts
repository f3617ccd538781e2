// Owns what should be happening now, given what is known.
import type { Address } from '../basics/address.ts';
import { questionId } from './answers/question-id.ts';
import type { SkipReason } from './belonging/skip-reason.ts';
import { cleanupEffect } from './rules/cleanup-effect.ts';
import { type Effect, record } from './rules/effect.ts';
import { endOfLink, linkToClose } from './rules/end-of-link.ts';
import { endSettledRun } from './rules/end-run.ts';
import { rollbackEffect } from './rules/rollback-effect.ts';
import { turnEffect } from './rules/turn-effect.ts';
import type { RunState } from './state.ts';

/** What should be happening now. Pure: the same state always gives the same effect. */
export function effects(state: RunState): Effect {
  if (state.lifecycle !== 'running') return { type: 'none' };
  const answered = state.answers.length > 0 && !state.shell ? answeredQuestion(state) : undefined;
  return answered ?? unanswered(state);
}

/** What somebody has answered from elsewhere comes in the place of the question, also where nobody is there to ask. */
function answeredQuestion(state: RunState): Effect | undefined {
  const effect = unanswered({ ...state, mode: 'guided' });
  if (effect.type !== 'ask') return undefined;
  const id = questionId(state, effect.question);
  const kept = state.answers.find(({ question }) => question === id);
  return kept && { type: 'take-answer', question: effect.question, kept };
}

/** The preconditions that were left out, other than those that the page itself says are not needed. */
function unlookedAt({ plan, items }: RunState): readonly Address[] {
  const reasons: readonly (SkipReason | undefined)[] = ['manual-policy', 'operator', 'rehearsal', 'dry-run'];
  return plan.items.flatMap(({ phase, address }, index) => {
    const known = items[index];
    const isLeftOut = known?.status === 'skipped' && reasons.includes(known.skipReason);
    return phase === 'preconditions' && isLeftOut ? [address] : [];
  });
}

function unanswered(state: RunState): Effect {
  if (state.shell) return { type: 'open-shell', ...(state.shell.at && { at: state.shell.at }) };
  return cleanupEffect(state, nextEffect(state));
}

function nextEffect(state: RunState): Effect {
  const rollback = rollbackEffect(state);
  if (rollback) return rollback;

  const link = linkToClose(state);
  if (link !== undefined) return record(...endOfLink(state, link));

  const item = state.plan.items[state.cursor];
  const known = state.items[state.cursor];
  if (state.cursor >= state.mainCount || !item || !known) return endSettledRun(state);

  if (!state.gateOpen && item.phase !== 'preconditions') {
    const skipped = unlookedAt(state);
    return record({ type: 'GateOpened', ...(skipped.length > 0 && { skipped }) });
  }
  // A run that is tidied up after is in that phase to its end.
  // What failed in the background is decided on wherever the run is.
  const isBehind = known.status === 'failed' && state.phase !== undefined;
  if (state.phase !== item.phase && state.cleanup !== 'wanted' && !isBehind)
    return record({ type: 'PhaseStarted', phase: item.phase });
  return turnEffect(state, state.cursor);
}
