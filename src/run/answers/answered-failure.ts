// Owns whether somebody has answered a failure while its run rested.
import type { Address } from '../../basics/address.ts';
import type { RunState } from '../state.ts';
import { asResting, openQuestion } from './open-question.ts';
import { questionId } from './question-id.ts';

/** The item whose failure a run rests with, where it is already said what is to follow. */
export function answeredFailure(before: RunState): Address | undefined {
  if (before.answers.length === 0) return undefined;
  const state = asResting(before);
  const question = openQuestion(state);
  if (question?.type !== 'failure') return undefined;
  const id = questionId(state, question);
  return state.answers.some((kept) => kept.question === id) ? question.address : undefined;
}
