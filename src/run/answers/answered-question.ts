// Owns whether somebody has answered what a run rests with.
import type { OpenQuestion } from '../question.ts';
import type { RunState } from '../state.ts';
import { isTick } from './keep-answer.ts';
import { asResting, openQuestion } from './open-question.ts';
import { questionId } from './question-id.ts';

/** What a run rests or broke off with, where it is already answered; a box that was ticked is no answer to its list. */
export function answeredQuestion(before: RunState): OpenQuestion | undefined {
  if (before.answers.length === 0) return undefined;
  const state = asResting(before);
  const question = openQuestion(state);
  const id = question && questionId(state, question);
  if (id === undefined) return undefined;
  return state.answers.some((kept) => kept.question === id && !isTick(kept.answer)) ? question : undefined;
}
