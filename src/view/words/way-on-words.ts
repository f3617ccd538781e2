// Owns what can be called for a run that rests or came to a bad end.
import { gateOfResting } from '../../run/answers/awaited-gate.ts';
import { openQuestion } from '../../run/answers/open-question.ts';
import { placeOfQuestion } from '../../run/answers/place-of-question.ts';
import { wordsFor } from '../../run/answers/words-for.ts';
import type { OpenQuestion } from '../../run/question.ts';
import { planRollbackEvent } from '../../run/rules/rollback-effect.ts';
import { canBeTakenUp, type RunState } from '../../run/state.ts';
import { quoted } from './quoted.ts';

/** Phrases without a full stop, the next of which may be called first; none where nothing is left to do. */
export function wayOnWords(state: RunState): readonly string[] {
  const { run, lifecycle, outcome } = state;
  if (run === undefined) return [];
  const resume = `\`runsheet resume ${run}\` comes back to this place`;
  if (lifecycle === 'paused') return [...elsewhereWords(state), resume];
  if (lifecycle !== 'ended') return [];
  if (outcome === 'rollback-failed') return [`\`runsheet rollback ${run}\` goes on with it`];
  if (outcome !== 'failed' && outcome !== 'stopped') return [];
  const canUndo = state.rollback === undefined && planRollbackEvent(state, false) !== undefined;
  return [
    ...(canBeTakenUp(state) ? [resume] : []),
    ...(canUndo ? [`\`runsheet rollback ${run}\` undoes what it did`] : []),
  ];
}

/** How what a run waits for is given from elsewhere, in at most one phrase; none where it waits for nobody. */
export function elsewhereWords(state: RunState): readonly string[] {
  const gate = gateOfResting(state);
  return gate === undefined
    ? answerWords(state)
    : [`\`runsheet approve ${state.run} ${gate}\` approves it from another account`];
}

/** How what a run asks its operator is answered from elsewhere; none where it asks nothing that can be. */
function answerWords(state: RunState): readonly string[] {
  const question = openQuestion(state);
  if (question === undefined) return [];
  const [last, ...others] = answerForms(state, question).map(quoted).reverse();
  if (last === undefined) return [];
  const forms = others.length === 0 ? last : `${others.reverse().join(', ')} or ${last}`;
  return [
    `\`runsheet answer ${state.run} ${placeOfQuestion(question)} ANSWER\` answers it from elsewhere: ${forms}`,
  ];
}

/** The answers as they are typed, each with the option that it cannot do without; none where it is not answered so. */
export function answerForms(state: RunState, question: OpenQuestion): readonly string[] {
  const value = neededValue(state, question);
  return wordsFor(state, question).map((word) => {
    if (needsNote(question, word)) return `${word} --note WHY`;
    return value !== undefined && (word === 'yes' || word === 'done') ? `${word} --value ${value}` : word;
  });
}

/** Whoever passes over a step, or has done in another way what it was to do, says why and how. */
function needsNote({ type }: OpenQuestion, word: string): boolean {
  if (word === 'skip') return type !== 'in-doubt';
  return word === 'done' && (type === 'failure' || type === 'doubtful');
}

/** The name that has to be typed before something is destroyed, or a word for what a step asks for. */
function neededValue({ plan, indexOf }: RunState, question: OpenQuestion): string | undefined {
  if (question.type === 'confirm') return question.target;
  if (question.type !== 'manual') return undefined;
  const item = plan.items[indexOf.get(question.address) ?? -1];
  return item?.kind === 'manual' && item.ask !== undefined ? 'VALUE' : undefined;
}
