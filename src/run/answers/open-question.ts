// Owns which question a run waits with, while it goes on and where it rests.
import { effects } from '../effects.ts';
import type { Question } from '../question.ts';
import type { ItemState, RunState } from '../state.ts';

/**
 * What a run asks its operator now, or would ask whoever takes it up where it rests: as a guided run would, for an
 * unattended one rests where it may not ask. Undefined where no person is needed.
 */
export function openQuestion(state: RunState): Question | undefined {
  const effect = effects(askingState(state));
  return effect.type === 'ask' ? effect.question : undefined;
}

/**
 * The state in which that question is asked: where the run rests, as if somebody had just come, with what had begun and
 * never ended in doubt. What a resume looks at first has no say in it.
 */
export function askingState(state: RunState): RunState {
  if (state.lifecycle !== 'paused') return state;
  const { shell: _shell, ...rest } = state;
  const items = state.items.map((item, index): ItemState => {
    const isCut = item.status === 'running' && state.plan.items[index]?.kind !== 'runbook';
    return isCut ? { ...item, status: 'in-doubt' } : item;
  });
  return { ...rest, lifecycle: 'running', mode: 'guided', items };
}
