// Owns the name that a question is answered under.
import type { Question } from '../question.ts';

/** The step that is asked about, or what the question is about where that is no step. */
export function placeOfQuestion(question: Question): string {
  if ('address' in question) return question.address;
  return question.type === 'clean-up' ? 'clean-up' : 'rollback';
}
