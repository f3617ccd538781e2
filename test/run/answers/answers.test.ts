// Tests answers from elsewhere against the rules of a run: where it rests, while it asks, and when it has gone on.
import { describe, expect, it } from 'vitest';
import { address, stepName } from '../../../src/basics/address.ts';
import { openQuestion } from '../../../src/run/answers/open-question.ts';
import { parsePersonAnswer } from '../../../src/run/answers/person-answer.ts';
import { questionId } from '../../../src/run/answers/question-id.ts';
import { wordsFor } from '../../../src/run/answers/words-for.ts';
import { block, planOf } from '../sample-plan.ts';
import { ada, grace, Scenario } from '../scenario.ts';

const idOf = (run: Scenario): string => {
  const question = openQuestion(run.state);
  return (question && questionId(run.state, question)) ?? 'none';
};
const say = (
  run: Scenario,
  word: string,
  more: { note?: string; value?: string; items?: number[] } = {},
): string => run.send({ type: 'AnswerQuestion', question: idOf(run), answer: { word, ...more }, by: grace });
const resume = { type: 'RunResumed', by: ada, mode: 'unattended', runbookDigest: 'd' } as const;

const undo = { ...block('undo', 'rollback'), undoes: stepName('change') };
const failing = (): Scenario =>
  new Scenario(planOf([block('change', 'steps'), block('break', 'steps'), undo]), {
    exits: { break: [1, 0] },
  });

/** A guided run that was left at the failure of its second block. */
function leftAtFailure(): Scenario {
  const run = failing();
  run.start('guided');
  run.send({ type: 'RunUntilGate', by: ada });
  run.drive();
  run.send({ type: 'DecideFailure', address: address('break'), decision: 'pause', by: ada });
  run.drive();
  return run;
}

describe('the words for a question', () => {
  it('are all taken, or refused for what is missing, whatever is asked', () => {
    const cases: [name: string, run: () => Scenario, words: Record<string, string>][] = [
      [
        'a failure',
        leftAtFailure,
        {
          retry: 'taken',
          skip: 'reason-needed',
          done: 'reason-needed',
          continue: 'taken',
          rollback: 'taken',
          stop: 'taken',
        },
      ],
      [
        'a doubt about the end',
        () => {
          const run = failing().start('unattended');
          run.record({ type: 'PhaseStarted', phase: 'steps' });
          run.record({ type: 'BlockStarted', address: address('change'), attempt: 1 });
          run.state = { ...run.state, lifecycle: 'paused' };
          return run;
        },
        { 'run-again': 'taken', done: 'taken', failed: 'taken', skip: 'taken' },
      ],
      [
        'a confirmation with a target',
        () => {
          const run = new Scenario(planOf([block('drop', 'steps', { risk: 'destructive' })]));
          run.start('guided').drive();
          return run;
        },
        { yes: 'wrong-target', skip: 'reason-needed' },
      ],
      [
        'a rollback plan',
        () => {
          const run = leftAtFailure();
          run.record({ ...resume, mode: 'guided' }).drive();
          run.send({ type: 'RequestRollback', by: ada });
          run.drive();
          return run;
        },
        { 'roll-back': 'taken', back: 'taken' },
      ],
    ];
    for (const [name, run, words] of cases) {
      const question = openQuestion(run().state);
      expect(question && wordsFor(run().state, question), name).toEqual(Object.keys(words));
      const answers = Object.fromEntries(Object.keys(words).map((word) => [word, say(run(), word)]));
      expect(answers, name).toEqual(words);
    }
  });

  it('are none where a block may only be let run, or where others approve', () => {
    const run = new Scenario(planOf([block('one', 'steps')]));
    run.start('guided').drive();
    expect([say(run, 'yes'), idOf(run)]).toEqual(['nothing-asked', 'none']);
  });
});

describe('an answer to a run that rests', () => {
  it('follows when the run comes to its question, also where nobody is there', () => {
    const run = leftAtFailure();
    const from = run.events.length;
    expect(say(run, 'skip', { note: 'not needed today' })).toBe('taken');
    run.record(resume).drive();
    expect(run.trail(from)).toEqual([
      'QuestionAnswered break',
      'RunResumed',
      'FailureDecided break skip',
      'AnswerTaken',
      'RunEnded succeeded',
    ]);
    expect(run.events.find(({ type }) => type === 'FailureDecided')).toMatchObject({
      decision: 'pause',
      by: ada,
    });
    expect(run.events.findLast(({ type }) => type === 'FailureDecided')).toMatchObject({
      decision: 'skip',
      by: grace,
      automatic: false,
      note: 'not needed today',
    });
  });

  it('says nothing of a later question about the same block', () => {
    const run = new Scenario(planOf([block('break', 'steps')]), { exits: { break: [1, 1] } });
    run.start('guided');
    run.send({ type: 'RunUntilGate', by: ada });
    run.drive();
    const first = idOf(run);
    expect(say(run, 'retry')).toBe('taken');
    run.drive();
    const late = { type: 'AnswerQuestion', question: first, answer: { word: 'retry' }, by: grace } as const;
    expect([first, idOf(run), run.send(late)]).toEqual([
      'failure:break:1',
      'failure:break:2',
      'another-question',
    ]);
  });

  it('goes on to the rollback that it wants', () => {
    const run = leftAtFailure();
    const from = run.events.length;
    expect(say(run, 'rollback')).toBe('taken');
    run.record(resume).drive();
    expect(run.trail(from)).toEqual([
      'QuestionAnswered break',
      'RunResumed',
      'FailureDecided break rollback',
      'AnswerTaken',
      'RollbackPlanned undo',
      'RollbackStarted',
      'BlockStarted undo',
      'BlockPassed undo',
      'RunEnded rolled-back',
    ]);
  });
});

it('an answer from outside is read field by field', () => {
  const read = [
    { word: 'done', note: 'n', value: 'v', items: [0, 2], other: 1 },
    { word: 'done' },
    { word: 1 },
    { word: 'done', note: 1 },
    { word: 'tick', items: [-1] },
    { word: 'tick', items: '1' },
    null,
    'done',
  ].map(parsePersonAnswer);
  expect(read).toEqual([
    { word: 'done', note: 'n', value: 'v', items: [0, 2] },
    { word: 'done' },
    ...[undefined, undefined, undefined, undefined, undefined, undefined],
  ]);
});
