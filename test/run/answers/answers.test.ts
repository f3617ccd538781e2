// Tests answers from elsewhere against the rules of a run: where it rests, while it asks, and when it has gone on.
import { describe, expect, it } from 'vitest';
import { address, stepName } from '../../../src/basics/address.ts';
import { openQuestion } from '../../../src/run/answers/open-question.ts';
import { parsePersonAnswer } from '../../../src/run/answers/person-answer.ts';
import { questionId } from '../../../src/run/answers/question-id.ts';
import { wordsFor } from '../../../src/run/answers/words-for.ts';
import type { PlanItem } from '../../../src/run/plan.ts';
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
      expect.stringMatching(/^failure:break:1:/),
      expect.stringMatching(/^failure:break:2:/),
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

describe('what was answered while the run rests', () => {
  const list = (): Scenario => {
    const run = new Scenario(
      planOf([
        {
          ...block('look', 'steps'),
          kind: 'checklist',
          entries: ['a', 'b'].map((text) => ({ text, ticked: false })),
        } as PlanItem,
        block('after', 'steps'),
      ]),
    );
    run.start('unattended').drive();
    return run;
  };

  it('gives way to another answer to the same question', () => {
    const run = leftAtFailure();
    expect([say(run, 'retry'), say(run, 'skip', { note: 'n' })]).toEqual(['taken', 'taken']);
    const from = run.events.length;
    run.record(resume).drive();
    expect(run.trail(from)).toEqual([
      'RunResumed',
      'FailureDecided break skip',
      'AnswerTaken',
      'RunEnded succeeded',
    ]);
  });

  it('is judged with the boxes that were ticked since, each of which stays', () => {
    const run = list();
    const answers = [
      say(run, 'done'),
      say(run, 'tick', { items: [0, 1] }),
      say(run, 'untick', { items: [0] }),
      say(run, 'done'),
      say(run, 'tick', { items: [0] }),
      say(run, 'done', { note: 'fine' }),
    ];
    expect(answers).toEqual(['not-ticked', 'taken', 'taken', 'not-ticked', 'taken', 'taken']);
    run.record(resume).drive();
    expect(run.state.items.map(({ status, note }) => [status, note])).toEqual([
      ['done', 'fine'],
      ['passed', undefined],
    ]);
  });

  it('is of the code that was asked about, and of no other', () => {
    const run = new Scenario(planOf([block('drop', 'steps', { confirm: 'Really?' })]));
    run.start('guided').drive();
    run.send({ type: 'PauseRun', reason: 'operator', by: ada });
    expect(say(run, 'yes')).toBe('taken');
    run.record({ ...resume, mode: 'guided' });
    run.record({ type: 'CommandEdited', address: address('drop'), code: 'rm -r /\n', by: ada });
    expect(run.drive()).toMatchObject({ type: 'ask', question: { type: 'confirm', address: 'drop' } });
  });

  it('makes whoever gave it one who operates the run, whose approval counts no more', () => {
    const gate = { people: ['grace'], count: 1, onTimeout: 'deny' } as const;
    const approve = { type: 'group', group: 'dba' } as const;
    const run = new Scenario(
      planOf([block('drop', 'steps', { approve, confirm: 'Really?' })], { approvalGroups: { dba: gate } }),
    );
    run.start('guided').drive();
    expect(run.answer('GiveApproval', 'drop', grace)).toBe('taken');
    run.drive();
    run.send({ type: 'PauseRun', reason: 'operator', by: ada });
    expect(say(run, 'yes')).toBe('taken');
    run.record({ ...resume, mode: 'guided' }).drive();
    run.send({ type: 'RunBlock', address: address('drop'), by: ada });
    expect(run.drive()).toMatchObject({ type: 'await-approval' });
    // What she had approved is asked for anew, as where she had taken the run over and handed it back.
    expect(run.events.findLast(({ type }) => type === 'ApprovalChecked')).toMatchObject({
      changed: ['`grace`, who had approved, has taken the run over'],
    });
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

describe('what is answered to an undo that failed', () => {
  /** A guided run that was left where the undo of a rollback had failed; a second attempt would pass. */
  function leftAtUndo(): Scenario {
    const run = new Scenario(planOf([block('change', 'steps'), block('break', 'steps'), undo]), {
      exits: { break: [1], undo: [1, 0] },
    });
    run.start('guided');
    run.send({ type: 'RunUntilGate', by: ada });
    run.drive();
    run.send({ type: 'DecideFailure', address: address('break'), decision: 'rollback', by: ada });
    run.drive();
    run.send({ type: 'StartRollback', excluded: [], by: ada });
    run.send({ type: 'RunUntilGate', by: ada });
    run.drive();
    run.send({ type: 'DecideFailure', address: address('undo'), decision: 'pause', by: ada });
    run.drive();
    return run;
  }
  const attempts = (run: Scenario): number =>
    run.trail().filter((line) => line.startsWith('BlockStarted undo')).length;

  it.each<[word: string, note: string | undefined, starts: number, outcome: string]>([
    ['retry', undefined, 2, 'rolled-back'],
    ['skip', 'it is gone', 1, 'rollback-failed'],
    ['done', 'by hand', 1, 'rolled-back'],
    ['stop', undefined, 1, 'rollback-failed'],
  ])('%s (%s) is done by whoever takes the run up', (word, note, starts, outcome) => {
    const run = leftAtUndo();
    expect(say(run, word, note === undefined ? {} : { note })).toBe('taken');
    run.record(resume).drive();
    expect([attempts(run), run.state.outcome]).toEqual([starts, outcome]);
  });

  it('is no answer at all, and it is tried again', () => {
    const run = leftAtUndo();
    run.record(resume).drive();
    expect([attempts(run), run.state.outcome]).toEqual([2, 'rolled-back']);
  });
});
