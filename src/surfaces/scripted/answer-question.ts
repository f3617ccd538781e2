// Owns the answer to a question of a run out of answers that were written down before.
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

function answerOf(question: ItemQuestion, asked: Asked): WrittenAnswer {
  const { item, state, written, by } = asked;
  const { address } = item;
  const [key, value] = answerFor(written.answers, [address, item.step]);
  const skip: RunCommand = { type: 'SkipItem', address, by, note: 'the test says so' };
  const open = (words: string): WrittenAnswer => ({ ok: false, question: `\`${address}\`: ${words}` });
  switch (question.type) {
    case 'release':
      return no.test(value ?? '') ? say(skip, key) : say({ type: 'RunBlock', address, by });
    case 'confirm': {
      const { target } = question;
      if (no.test(value ?? '')) return say(skip, key);
      return say({ type: 'Confirm', address, by, ...(target !== undefined && { typed: target }) }, key);
    }
    case 'manual':
      return answerManual(asked);
    case 'checklist': {
      if (no.test(value ?? '')) return say(skip, key);
      if (!yes.test(value ?? '')) return open('is its list done?');
      const ticks = state.items[state.indexOf.get(address) ?? -1]?.ticks ?? [];
      const commands = ticks.flatMap((ticked, index): RunCommand[] =>
        ticked ? [] : [{ type: 'SetChecklistItem', address, index, ticked: true, by }],
      );
      return {
        ok: true,
        commands: [...commands, { type: 'CompleteManualStep', address, by }],
        ...keyed(key),
      };
    }
    case 'failure': {
      const wanted = question.choices.find((one) => one === value) ?? written.onFailure;
      const decision = question.choices.includes(wanted) ? wanted : 'stop';
      return say({ type: 'DecideFailure', address, decision, by }, decision === value ? key : undefined);
    }
    case 'doubtful': {
      if (no.test(value ?? '')) return say(skip, key);
      if (yes.test(value ?? '')) return say({ type: 'AcceptDoubts', address, by }, key);
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

function answerManual({ item, written, by }: Asked): WrittenAnswer {
  const { address } = item;
  const ask = item.kind === 'manual' ? item.ask : undefined;
  const names = [...(ask === undefined ? [] : [ask.variable, ask.placeholder ?? '']), address, item.step];
  const [key, value] = answerFor(written.answers, names);
  if (value !== undefined && no.test(value))
    return say({ type: 'SkipItem', address, by, note: 'the test says so' }, key);
  if (ask !== undefined)
    return value === undefined
      ? { ok: false, question: `\`${address}\`: ${askedWords(ask)}` }
      : say({ type: 'CompleteManualStep', address, by, answer: value }, key);
  if (value === undefined) {
    const text = item.kind === 'manual' ? item.text : '';
    return { ok: false, question: `\`${address}\` is for a person to do: ${text}` };
  }
  if (yes.test(value)) return say({ type: 'CompleteManualStep', address, by }, key);
  return say({ type: 'CompleteManualStep', address, by, note: value }, key);
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
