// Owns which question a run waits with, while it goes on and where it rests.
import { effects } from '../effects.ts';
import type { OpenQuestion } from '../question.ts';
import type { ItemState, RunState } from '../state.ts';
import { isTick } from './keep-answer.ts';
import { questionId } from './question-id.ts';

/**
 * What a run asks its operator now, or would ask whoever takes it up where it rests: as a guided run would, for an
 * unattended one rests where it may not ask. Undefined where no person is needed.
 */
export function openQuestion(state: RunState): OpenQuestion | undefined {
  const change = state.lifecycle === 'paused' ? state.pause?.change : undefined;
  if (change !== undefined) return { type: 'changed', change };
  const effect = effects(withoutAnswers(askingState(state)));
  return effect.type === 'ask' ? effect.question : undefined;
}

/** What is asked is asked also where it was answered: another answer can still stand in the place of that one. */
const withoutAnswers = (state: RunState): RunState => ({ ...state, answers: [] });

/** Of a run that a process works on: whether it was paused, and what runs comes to its end first. Nothing is asked yet. */
export function isComingToRest({ lifecycle, plan, items }: RunState): boolean {
  return (
    lifecycle === 'paused' &&
    items.some(({ status }, index) => status === 'running' && plan.items[index]?.kind !== 'runbook')
  );
}

/** A run that broke off rests as well, whatever its journal says. */
export function asResting(state: RunState): RunState {
  return state.lifecycle === 'running' ? { ...state, lifecycle: 'paused' } : state;
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
  return withTicks({ ...rest, lifecycle: 'running', mode: 'guided', items });
}

/** With the boxes that were ticked from elsewhere since: the rest of the list is judged with them. */
function withTicks(state: RunState): RunState {
  const effect = effects(withoutAnswers(state));
  if (effect.type !== 'ask' || effect.question.type !== 'checklist') return state;
  const { question } = effect;
  const id = questionId(state, question);
  const at = state.indexOf.get(question.address) ?? -1;
  const items = state.items.map((item, index): ItemState => {
    if (index !== at) return item;
    const ticks = [...item.ticks];
    for (const { answer } of state.answers.filter((kept) => kept.question === id && isTick(kept.answer)))
      for (const place of answer.items ?? ticks.keys()) ticks[place] = answer.word === 'tick';
    return { ...item, ticks };
  });
  return { ...state, items };
}
