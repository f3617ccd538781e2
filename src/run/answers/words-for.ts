// Owns the words that answer a question from elsewhere, and what each of them asks of the run.
import type { Address } from '../../basics/address.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import type { Rejection, RunCommand } from '../command.ts';
import type { Actor, FailureDecision } from '../event.ts';
import type { OpenQuestion, Question } from '../question.ts';
import { isAnyGate } from '../rules/enclosing-links.ts';
import type { RunState } from '../state.ts';
import type { PersonAnswer } from './person-answer.ts';
import { isTakeable } from './undecided-change.ts';

/** The words of what can follow a failure; `pause` is none, for the run rests already or has its operator. */
const failureWords: Readonly<Record<Exclude<FailureDecision, 'pause'>, string>> = {
  retry: 'retry',
  'run-rest': 'run-rest',
  skip: 'skip',
  'mark-done': 'done',
  continue: 'continue',
  rollback: 'rollback',
  stop: 'stop',
};

/** The words that answer a question, in the order in which they are offered; none where it is not answered so. */
export function wordsFor(state: RunState, question: OpenQuestion): readonly string[] {
  switch (question.type) {
    case 'release':
    case 'approval':
      return [];
    case 'confirm':
      return ['yes', ...skipAt(state, question)];
    case 'manual':
      return ['done', ...skipAt(state, question)];
    case 'checklist':
      return ['tick', 'untick', 'done', ...skipAt(state, question)];
    case 'failure':
      return question.choices.flatMap((choice) => (choice === 'pause' ? [] : [failureWords[choice]]));
    case 'in-doubt':
      return ['run-again', 'done', 'failed', 'skip'];
    case 'choice':
      return [...branchesAt(state, question), 'all'];
    case 'doubtful':
      return ['run', 'skip', 'done'];
    case 'rollback-plan':
      return ['roll-back', 'back'];
    case 'clean-up':
      return ['yes', 'no'];
    case 'changed':
      return isTakeable(question.change) ? ['keep', 'take'] : ['keep'];
  }
}

function skipAt({ plan, indexOf }: RunState, { address }: { readonly address: Address }): readonly string[] {
  const item = plan.items[indexOf.get(address) ?? -1];
  return item !== undefined && isAnyGate(item) ? [] : ['skip'];
}

/** What an answer asks of the run, in this order; or why it is none to this question. */
export function commandsOf(
  state: RunState,
  question: OpenQuestion,
  answer: PersonAnswer,
  by: Actor,
): Result<readonly RunCommand[], Rejection> {
  const words = wordsFor(state, question);
  if (!words.includes(answer.word)) {
    const known = words.map((word) => `\`${word}\``).join(', ');
    return fail({
      code: 'unknown-answer',
      message: `\`${answer.word}\` is not an answer here; expected ${known}`,
    });
  }
  return ok(asked(state, question, answer, by));
}

function asked(
  state: RunState,
  question: OpenQuestion,
  answer: PersonAnswer,
  by: Actor,
): readonly RunCommand[] {
  const { word, value, note = '' } = answer;
  switch (question.type) {
    case 'release':
    case 'approval':
    // It is decided by who takes up the run.
    case 'changed':
      return [];
    case 'rollback-plan':
      return [
        word === 'back' ? { type: 'DeclineRollback', by } : { type: 'StartRollback', excluded: [], by },
      ];
    case 'clean-up':
      return [{ type: 'DecideCleanup', wanted: word === 'yes', by }];
    case 'choice': {
      const branches = word === 'all' ? branchesAt(state, question) : [word];
      return [{ type: 'Choose', address: question.address, choice: question.choice, branches, by }];
    }
    case 'failure': {
      const decision =
        question.choices.find((one) => one !== 'pause' && failureWords[one] === word) ?? 'stop';
      return [{ type: 'DecideFailure', address: question.address, decision, by, note }];
    }
    case 'in-doubt': {
      const as = word === 'run-again' || word === 'done' || word === 'failed' ? word : 'skip';
      return [{ type: 'ResolveDoubt', address: question.address, as, by, note }];
    }
    default:
      break;
  }
  const { address } = question;
  if (word === 'skip') return [{ type: 'SkipItem', address, by, note }];
  if (question.type === 'confirm')
    return [{ type: 'Confirm', address, by, ...(value !== undefined && { typed: value }) }];
  if (question.type === 'doubtful')
    return [word === 'run' ? { type: 'AcceptDoubts', address, by } : { type: 'MarkDone', address, by, note }];
  if (word === 'done') {
    const said = { ...(note !== '' && { note }), ...(value !== undefined && { answer: value }) };
    return [{ type: 'CompleteManualStep', address, by, ...said }];
  }
  const ticked = word === 'tick';
  const ticks = state.items[state.indexOf.get(address) ?? -1]?.ticks ?? [];
  const open = ticks.flatMap((is, index) => (is === ticked ? [] : [index]));
  const places = answer.items ?? open;
  return places.map((index) => ({ type: 'SetChecklistItem', address, index, ticked, by }));
}

function branchesAt(
  state: RunState,
  { address, choice }: Question & { readonly type: 'choice' },
): readonly string[] {
  const item = state.plan.items[state.indexOf.get(address) ?? -1];
  return item?.branches?.find((one) => one.choice === choice)?.of.map(({ name }) => name) ?? [];
}
