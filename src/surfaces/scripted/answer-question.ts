// Owns the answer to a question of a run out of answers that were written down before.
import type { PersonAnswer } from '../../run/answers/person-answer.ts';
import { commandsOf } from '../../run/answers/words-for.ts';
import { matchBranch } from '../../run/belonging/match-branch.ts';
import { openDoubts } from '../../run/belonging/open-doubts.ts';
import type { RunCommand } from '../../run/command.ts';
import type { Actor, FailureDecision } from '../../run/event.ts';
import type { PlanItem } from '../../run/plan.ts';
import type { Question } from '../../run/question.ts';
import type { RunState } from '../../run/state.ts';
import { askedWords, choiceAround } from '../ways-of.ts';

/** What answers are taken from. */
export interface WrittenAnswers {
  /** By step, by the address of a block, by the variable that is asked for, or by choice. */
  readonly answers: Readonly<Record<string, string>>;
  /** What follows a failure that nothing is said of. */
  readonly onFailure: FailureDecision;
}

/** The commands that answer, one after the other; or what has no answer, in words. */
export type WrittenAnswer =
  | { readonly ok: true; readonly commands: readonly RunCommand[]; readonly key?: string }
  | { readonly ok: false; readonly question: string };

interface Asked {
  readonly item: PlanItem;
  readonly state: RunState;
  readonly written: WrittenAnswers;
  readonly by: Actor;
}

const yes = /^(?:y|yes|true|done|run|tick|approve)$/i;
const no = /^(?:n|no|false|skip)$/i;

/** Answers a question as it is written down; what is written nowhere is never guessed. */
export function answerQuestion(
  question: Question,
  state: RunState,
  written: WrittenAnswers,
  by: Actor,
): WrittenAnswer {
  if (question.type === 'rollback-plan') return say({ type: 'StartRollback', excluded: [], by });
  if (question.type === 'clean-up')
    return say({ type: 'DecideCleanup', wanted: yes.test(written.answers['clean-up'] ?? ''), by });
  const item = state.plan.items[state.indexOf.get(question.address) ?? -1];
  if (item === undefined) return { ok: false, question: `\`${question.address}\` is asked about` };
  return answerOf(question, { item, state, written, by });
}

type ItemQuestion = Exclude<Question, { type: 'rollback-plan' | 'clean-up' }>;

/** Why something is skipped or said to be done that a case answers so. */
const note = 'the test says so';

function answerOf(question: ItemQuestion, asked: Asked): WrittenAnswer {
  const { item, state, written, by } = asked;
  const { address } = item;
  const [key, value] = answerFor(written.answers, namesFor(question, item));
  const open = (words: string): WrittenAnswer => ({ ok: false, question: `\`${address}\`: ${words}` });
  const answer = (...answers: readonly PersonAnswer[]): WrittenAnswer => {
    const commands: RunCommand[] = [];
    for (const one of answers) {
      const follows = commandsOf(state, question, one, by);
      if (!follows.ok) return open(follows.error.message);
      commands.push(...follows.value);
    }
    return { ok: true, commands, ...keyed(key) };
  };
  const isNo = value !== undefined && no.test(value);
  switch (question.type) {
    case 'release':
      return isNo
        ? say({ type: 'SkipItem', address, by, note }, key)
        : say({ type: 'RunBlock', address, by });
    case 'confirm':
      return isNo
        ? answer({ word: 'skip', note })
        : answer({ word: 'yes', ...(question.target !== undefined && { value: question.target }) });
    case 'manual': {
      const ask = item.kind === 'manual' ? item.ask : undefined;
      if (value === undefined)
        return ask === undefined
          ? {
              ok: false,
              question: `\`${address}\` has to be done by a person: ${item.kind === 'manual' ? item.text : ''}`,
            }
          : open(askedWords(ask));
      // What is asked for may be "no": only the word itself skips it.
      if (ask !== undefined)
        return value === 'skip' && !ask.choices?.includes(value)
          ? answer({ word: 'skip', note })
          : answer({ word: 'done', value });
      if (isNo) return answer({ word: 'skip', note });
      return answer({ word: 'done', ...(!yes.test(value) && { note: value }) });
    }
    case 'checklist':
      if (isNo) return answer({ word: 'skip', note });
      return yes.test(value ?? '') ? answer({ word: 'tick' }, { word: 'done' }) : open('is its list done?');
    case 'failure':
      return answerFailure(question.choices, value, asked, key);
    case 'doubtful': {
      if (isNo) return answer({ word: 'skip', note });
      if (yes.test(value ?? '')) return answer({ word: 'run' });
      const codes = openDoubts(item, state.options).map(({ code }) => code);
      return open(`does it belong to the run (${codes.join(', ')})?`);
    }
    case 'choice':
      return answerChoice(question.choice, asked);
    case 'in-doubt':
      return open('did it come to its end?');
    case 'approval':
      return open('is it approved?');
  }
}

/** By what a case can name its answer, the nearest first. */
function namesFor({ type }: ItemQuestion, item: PlanItem): readonly string[] {
  const ask = type === 'manual' && item.kind === 'manual' ? item.ask : undefined;
  const asked = ask === undefined ? [] : [ask.variable, ...(ask.placeholder ? [ask.placeholder] : [])];
  return [...asked, item.address, item.step];
}

/** Whoever writes a case may say what follows; else the policy of the case does. */
function answerFailure(
  choices: readonly FailureDecision[],
  value: string | undefined,
  { item: { address }, written, by }: Asked,
  key: string | undefined,
): WrittenAnswer {
  const wanted = choices.find((one) => one === value) ?? written.onFailure;
  const decision = choices.includes(wanted) ? wanted : 'stop';
  const why = decision === 'skip' || decision === 'mark-done' ? { note } : {};
  return say({ type: 'DecideFailure', address, decision, by, ...why }, decision === value ? key : undefined);
}

function answerChoice(choice: string, { item, written, by }: Asked): WrittenAnswer {
  const { address } = item;
  const around = choiceAround(item, choice);
  const [key, value] = answerFor(written.answers, [choice]);
  const ways = around?.of ?? [];
  const branch = value === undefined ? undefined : matchBranch(ways, value);
  const branches = value === 'all' ? ways.map(({ name }) => name) : branch === undefined ? [] : [branch];
  if (branches.length > 0) return say({ type: 'Choose', address, choice, branches, by }, key);
  const names = ways.map(({ name }) => `\`${name}\``).join(', ');
  return { ok: false, question: `which of the ways of \`${choice}\` is taken: ${names}?` };
}

function answerFor(
  answers: Readonly<Record<string, string>>,
  names: readonly string[],
): readonly [key: string | undefined, value: string | undefined] {
  const key = names.find((name) => Object.hasOwn(answers, name));
  return [key, key === undefined ? undefined : answers[key]];
}

function say(command: RunCommand, key?: string): WrittenAnswer {
  return { ok: true, commands: [command], ...keyed(key) };
}

function keyed(key: string | undefined): { readonly key?: string } {
  return key === undefined ? {} : { key };
}
