// Owns what can be called for a run that rests or came to a bad end.
import { planRollbackEvent } from '../../run/rules/rollback-effect.ts';
import { hasOpenItem, type RunState } from '../../run/state.ts';

/** Phrases without a full stop, the next of which may be called first; none where nothing is left to do. */
export function wayOnWords(state: RunState): readonly string[] {
  const { run, lifecycle, outcome } = state;
  if (run === undefined) return [];
  const resume = `\`runsheet resume ${run}\` comes back to this place`;
  if (lifecycle === 'paused') return [resume];
  if (lifecycle !== 'ended') return [];
  if (outcome === 'rollback-failed') return [`\`runsheet rollback ${run}\` goes on with it`];
  if (outcome !== 'failed' && outcome !== 'stopped') return [];
  const canUndo = state.rollback === undefined && planRollbackEvent(state, false) !== undefined;
  return [
    ...(hasOpenItem(state) ? [resume] : []),
    ...(canUndo ? [`\`runsheet rollback ${run}\` undoes what it did`] : []),
  ];
}
