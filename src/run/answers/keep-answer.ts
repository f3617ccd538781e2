// Owns which of the answers that a run has not come to yet still hold.
import type { KeptAnswer } from '../state.ts';
import type { PersonAnswer } from './person-answer.ts';

/** Whether an answer only ticks boxes: it says nothing of the whole list, and what was ticked before stays. */
export function isTick({ word }: PersonAnswer): boolean {
  return word === 'tick' || word === 'untick';
}

/** The answers with one more, which stands in the place of what was said to the same question before. */
export function keepAnswer(
  before: readonly KeptAnswer[],
  { question, answer, by }: KeptAnswer,
): readonly KeptAnswer[] {
  const others = before.filter((kept) => kept.question !== question || isTick(kept.answer));
  return [...others, { question, answer, by }];
}
