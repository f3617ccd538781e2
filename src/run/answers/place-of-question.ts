// Owns the name that a question is answered under.
import type { OpenQuestion } from '../question.ts';

/** The step that is asked about, or what the question is about where that is no step. */
export function placeOfQuestion(question: OpenQuestion): string {
  if ('address' in question) return question.address;
  return question.type === 'rollback-plan' ? 'rollback' : question.type;
}
