// Tests which commands the answers of a case come to, and that nothing is guessed where it has none.
import { describe, expect, it } from 'vitest';
import { address, stepName } from '../../../src/basics/address.ts';
import type { PlanItem } from '../../../src/run/plan.ts';
import type { Question } from '../../../src/run/question.ts';
import { answerQuestion } from '../../../src/surfaces/scripted/answer-question.ts';
import { block, planOf } from '../../run/sample-plan.ts';
import { ada, Scenario } from '../../run/scenario.ts';

const person = (more: object): PlanItem => ({ ...block('step', 'steps'), ...more }) as PlanItem;
const manual = person({ kind: 'manual', text: 'Call her' });
const asking = person({
  kind: 'manual',
  text: 'Which?',
  ask: { variable: 'SURE', choices: ['yes', 'no'] },
});
const list = person({
  kind: 'checklist',
  entries: [
    { text: 'a', ticked: true },
    { text: 'b', ticked: false },
  ],
});

/** The commands without who gives them, or what is open. */
function told(item: PlanItem, question: Question, answers: Record<string, string>): unknown {
  const run = new Scenario(planOf([item])).start('guided');
  const answer = answerQuestion(question, run.state, { answers, onFailure: 'stop' }, ada);
  if (!answer.ok) return answer.question;
  return answer.commands.map(({ type, ...command }) => {
    const { by, address: _, ...rest } = command as Record<string, unknown>;
    expect(by).toBe(ada);
    return Object.keys(rest).length === 0 ? type : { type, ...rest };
  });
}
const at = { address: address('step') };
const note = 'the test says so';

describe('a manual step', () => {
  const question: Question = { type: 'manual', ...at };

  it('is done, skipped, or done with a note', () => {
    expect(told(manual, question, { step: 'yes' })).toEqual(['CompleteManualStep']);
    expect(told(manual, question, { step: 'no' })).toEqual([{ type: 'SkipItem', note }]);
    expect(told(manual, question, { step: 'she knows' })).toEqual([
      { type: 'CompleteManualStep', note: 'she knows' },
    ]);
    expect(told(manual, question, {})).toBe('`step` has to be done by a person: Call her');
  });

  it('that asks for something is answered by any of its choices, also by no', () => {
    expect(told(asking, question, { SURE: 'no' })).toEqual([{ type: 'CompleteManualStep', answer: 'no' }]);
    expect(told(asking, question, { step: 'yes' })).toEqual([{ type: 'CompleteManualStep', answer: 'yes' }]);
    expect(told(asking, question, { SURE: 'skip' })).toEqual([{ type: 'SkipItem', note }]);
    expect(told(asking, question, {})).toBe('`step`: What is SURE?');
  });
});

it('of a checklist what is open is ticked, and then it is done', () => {
  const question: Question = { type: 'checklist', ...at };
  expect(told(list, question, { step: 'done' })).toEqual([
    { type: 'SetChecklistItem', index: 0, ticked: true },
    { type: 'SetChecklistItem', index: 1, ticked: true },
    'CompleteManualStep',
  ]);
  expect(told(list, question, { step: 'skip' })).toEqual([{ type: 'SkipItem', note }]);
  expect(told(list, question, { step: 'perhaps' })).toBe('`step`: is its list done?');
});

it('a failure has what the case says, with a reason where one is wanted, or its policy', () => {
  const question: Question = { type: 'failure', ...at, choices: ['retry', 'skip', 'stop'] };
  const item = block('step', 'steps');
  expect(told(item, question, { step: 'skip' })).toEqual([{ type: 'DecideFailure', decision: 'skip', note }]);
  expect(told(item, question, { step: 'retry' })).toEqual([{ type: 'DecideFailure', decision: 'retry' }]);
  expect(told(item, question, {})).toEqual([{ type: 'DecideFailure', decision: 'stop' }]);
});

it('a block and its confirmation need no answer, and can be refused', () => {
  const item = block('step', 'steps', { step: stepName('step') });
  expect(told(item, { type: 'release', ...at }, {})).toEqual(['RunBlock']);
  expect(told(item, { type: 'release', ...at }, { step: 'skip' })).toEqual([{ type: 'SkipItem', note }]);
  const confirm: Question = { type: 'confirm', ...at, text: 'Sure?', target: 'step' };
  expect(told(item, confirm, {})).toEqual([{ type: 'Confirm', typed: 'step' }]);
  expect(told(item, confirm, { step: 'no' })).toEqual([{ type: 'SkipItem', note }]);
});

it('what nobody can know beforehand is left open', () => {
  const item = block('step', 'steps');
  expect(told(item, { type: 'in-doubt', ...at }, { step: 'done' })).toBe('`step`: did it come to its end?');
  expect(told(item, { type: 'approval', ...at }, { step: 'yes' })).toBe('`step`: is it approved?');
});
