import { describe, expect, it } from 'vitest';
import { address, stepName } from '../../src/basics/address.ts';
import type { FailureReason } from '../../src/run/event.ts';
import { ownText } from '../../src/run/masking/redactor.ts';
import type { PlanItem } from '../../src/run/plan.ts';
import { block, planOf } from './sample-plan.ts';
import { ada, emptyResult, grace, Scenario } from './scenario.ts';

const good = planOf([
  block('ready', 'preconditions'),
  block('work', 'steps'),
  block('healthy', 'validation'),
]);

describe('an unattended run', () => {
  it('goes through gate, steps and validation to its end', () => {
    const run = new Scenario(good).start('unattended');
    expect(run.drive()).toEqual({ type: 'none' });
    expect(run.trail()).toEqual([
      'RunStarted',
      'PhaseStarted preconditions',
      'BlockStarted ready',
      'BlockPassed ready',
      'GateOpened',
      'PhaseStarted steps',
      'BlockStarted work',
      'BlockPassed work',
      'PhaseStarted validation',
      'BlockStarted healthy',
      'BlockPassed healthy',
      'RunEnded succeeded',
    ]);
  });

  it('ends at a precondition that does not hold, with nothing changed', () => {
    const run = new Scenario(good, { exits: { ready: [1] } }).start('unattended');
    run.drive();
    expect(run.trail(1)).toEqual([
      'PhaseStarted preconditions',
      'BlockStarted ready',
      'BlockFailed ready',
      'FailureDecided ready stop',
      'RunEnded precondition-failed',
    ]);
    expect(run.events.at(-1)).toEqual({
      type: 'RunEnded',
      outcome: 'precondition-failed',
      message: '`ready` does not hold; nothing was changed',
      left: [],
    });
  });

  it('never continues past a precondition, whatever its attribute says', () => {
    const plan = planOf([block('ready', 'preconditions', { onFailure: 'continue' }), block('work', 'steps')]);
    const run = new Scenario(plan, { exits: { ready: [1] } }).start('unattended', { onFailure: 'continue' });
    run.drive();
    expect(run.trail().at(-1)).toBe('RunEnded precondition-failed');
  });

  it('tries again as often as the block says, then goes on', () => {
    const plan = planOf([block('wait', 'validation', { retries: 2 })]);
    const run = new Scenario(plan, { exits: { wait: [1, 1, 0] } }).start('unattended');
    run.drive();
    expect(run.trail(2)).toEqual([
      'BlockStarted wait',
      'BlockFailed wait',
      'RetryScheduled wait',
      'BlockStarted wait',
      'BlockFailed wait',
      'RetryScheduled wait',
      'BlockStarted wait',
      'BlockPassed wait',
      'RunEnded succeeded',
    ]);
  });

  it('skips by `when` and passes over what is already done', () => {
    const plan = planOf([
      block('rarely', 'steps', { when: 'false' }),
      block('once', 'steps', { check: 'true' }),
      block('again', 'steps', { check: 'false' }),
    ]);
    const holds = { 'rarely.when': [false], 'once.check': [true], 'again.check': [false] };
    const run = new Scenario(plan, { holds }).start('unattended');
    run.drive();
    expect(run.trail(2)).toEqual([
      'ConditionChecked rarely',
      'BlockSkipped rarely',
      'ConditionChecked once',
      'BlockAlreadyDone once',
      'ConditionChecked again',
      'BlockStarted again',
      'BlockPassed again',
      'RunEnded succeeded',
    ]);
  });

  it('counts a failure it went on from against the outcome', () => {
    const plan = planOf([block('shaky', 'steps', { onFailure: 'continue' }), block('next', 'steps')]);
    const run = new Scenario(plan, { exits: { shaky: [3] } }).start('unattended');
    run.drive();
    expect(run.events.at(-1)).toEqual({
      type: 'RunEnded',
      outcome: 'failed',
      message: 'failed, and the run continued: `shaky`',
      left: [],
    });
    expect(run.trail()).toContain('BlockPassed next');
  });

  const manual: PlanItem = {
    kind: 'manual',
    address: address('announce'),
    step: stepName('announce'),
    stepTitle: 'Announce',
    phase: 'steps',
    risk: 'change',
    tags: [],
    line: 1,
    text: 'Announce',
  };

  it('pauses at a manual step, or records it as skipped when told to', () => {
    const pausing = new Scenario(planOf([manual, block('work', 'steps')])).start('unattended');
    pausing.drive();
    expect(pausing.trail(2)).toEqual(['RunPaused manual-step']);
    const skipping = new Scenario(planOf([manual, block('work', 'steps')])).start('unattended', {
      manual: 'skip',
    });
    skipping.drive();
    expect(skipping.trail(2)).toEqual([
      'BlockSkipped announce',
      'BlockStarted work',
      'BlockPassed work',
      'RunEnded succeeded',
    ]);
  });

  it('says which preconditions nobody has looked at', () => {
    const ready: PlanItem = { ...manual, phase: 'preconditions' };
    const plan = planOf([block('up', 'preconditions'), ready, block('work', 'steps')]);
    const skipping = new Scenario(plan).start('unattended', { manual: 'skip' });
    skipping.drive();
    expect(skipping.events.filter(({ type }) => type === 'GateOpened')).toEqual([
      { type: 'GateOpened', skipped: ['announce'] },
    ]);
  });

  it('answers confirmations in the record, and destructive ones only when that was allowed', () => {
    const plan = planOf([
      block('ask', 'steps', { confirm: 'Sure?' }),
      block('drop', 'steps', { risk: 'destructive' }),
    ]);
    const refused = new Scenario(plan).start('unattended');
    refused.drive();
    expect(refused.trail(2)).toEqual([
      'ConfirmationGiven ask',
      'BlockStarted ask',
      'BlockPassed ask',
      'RunPaused confirmation',
    ]);
    const allowed = new Scenario(plan).start('unattended', { allowDestructive: true });
    allowed.drive();
    expect(allowed.trail().at(-1)).toBe('RunEnded succeeded');
  });

  it('runs only what reads in a rehearsal', () => {
    const run = new Scenario(good).start('unattended', { rehearse: true });
    run.drive();
    expect(run.trail()).toContain('BlockSkipped work');
    expect(run.trail()).not.toContain('BlockStarted work');
    // Nobody has done what it asks for.
    expect(run.trail()).toContain('BlockSkipped healthy');
    expect(run.trail().at(-1)).toBe('RunEnded rehearsed');
  });
});

describe('a guided run', () => {
  it('runs preconditions unasked and asks before the first change', () => {
    const run = new Scenario(good).start('guided');
    expect(run.drive()).toEqual({ type: 'ask', question: { type: 'release', address: 'work' } });
    expect(run.send({ type: 'RunBlock', address: address('work'), by: ada })).toBe('taken');
    expect(run.drive()).toEqual({ type: 'none' });
    expect(run.state.outcome).toBe('succeeded');
  });

  it('asks what follows a failure and takes only what it offered', () => {
    const run = new Scenario(good, { exits: { work: [1, 0] } }).start('guided');
    run.drive();
    run.send({ type: 'RunBlock', address: address('work'), by: ada });
    expect(run.drive()).toEqual({
      type: 'ask',
      question: {
        type: 'failure',
        address: 'work',
        choices: ['retry', 'skip', 'mark-done', 'continue', 'rollback', 'pause', 'stop'],
      },
    });
    const decide = (decision: 'skip' | 'retry') =>
      run.send({ type: 'DecideFailure', address: address('work'), decision, by: ada });
    expect(decide('skip')).toBe('reason-needed');
    expect(decide('retry')).toBe('taken');
    expect(run.drive()).toEqual({ type: 'none' });
    expect(run.state.outcome).toBe('succeeded');
  });

  it('wants the name of a destructive target typed', () => {
    const plan = planOf([block('drop', 'steps', { risk: 'destructive' })]);
    const run = new Scenario(plan).start('guided');
    expect(run.drive()).toEqual({
      type: 'ask',
      question: {
        type: 'confirm',
        address: 'drop',
        text: 'Run `drop`? It destroys something, and no undo is written for it.',
        target: 'drop',
      },
    });
    expect(run.send({ type: 'Confirm', address: address('drop'), by: ada, typed: 'yes' })).toBe(
      'wrong-target',
    );
    expect(run.send({ type: 'Confirm', address: address('drop'), by: ada, typed: 'drop' })).toBe('taken');
    expect(run.drive()).toEqual({ type: 'none' });
  });

  it('does not let a precondition be skipped, but takes the word of a person that it holds', () => {
    const run = new Scenario(good, { exits: { ready: [1] } }).start('guided');
    expect(run.drive()).toMatchObject({
      question: { type: 'failure', choices: ['retry', 'mark-done', 'pause', 'stop'] },
    });
    const done = {
      type: 'DecideFailure',
      address: address('ready'),
      decision: 'mark-done',
      by: ada,
    } as const;
    expect(run.send({ ...done, decision: 'skip', note: 'x' })).toBe('not-a-choice');
    expect(run.send({ ...done, note: 'asked the owner' })).toBe('taken');
    expect(run.drive()).toMatchObject({ question: { type: 'release', address: 'work' } });
  });
});

describe('a rollback', () => {
  const undo = (name: string, of?: string) =>
    block(name, 'rollback', of === undefined ? {} : { undoes: stepName(of) });
  const plan = planOf([
    block('ready', 'preconditions'),
    block('one', 'steps'),
    block('two', 'steps'),
    block('three', 'steps'),
    undo('undo-one', 'one'),
    undo('undo-two', 'two'),
    undo('undo-three', 'three'),
    undo('restore'),
  ]);

  it('undoes only what ran, newest first, then the document', () => {
    const run = new Scenario(plan, { exits: { two: [1] } }).start('unattended', { onFailure: 'rollback' });
    run.drive();
    expect(run.trail(10)).toEqual([
      'FailureDecided two rollback',
      'RollbackPlanned undo-two undo-one restore',
      'RollbackStarted',
      'BlockStarted undo-two',
      'BlockPassed undo-two',
      'BlockStarted undo-one',
      'BlockPassed undo-one',
      'BlockStarted restore',
      'BlockPassed restore',
      'RunEnded rolled-back',
    ]);
  });

  it('leaves a step alone of which nothing could be started, until an attempt could be', () => {
    const attempted = (reason: FailureReason) => (attempt: number) => (run: Scenario) =>
      run
        .record({ type: 'BlockStarted', address: address('one'), attempt })
        .record({ type: 'BlockFailed', address: address('one'), attempt, result: emptyResult, reason });
    const refused = attempted({ type: 'spawn', message: ownText('no shell') });
    const failed = attempted({ type: 'exit', code: 1 });
    const touched = (...attempts: readonly ((run: Scenario) => Scenario)[]) => {
      const run = new Scenario(plan).start('guided');
      for (const attempt of attempts) attempt(run);
      return run.state.items[1]?.touched;
    };
    expect([
      touched(refused(1)),
      touched(refused(1), refused(2)),
      touched(refused(1), failed(2)),
      touched(failed(1), refused(2)),
    ]).toEqual([false, false, true, true]);
  });

  it('says exactly what is left when an undo fails, and can be taken up again', () => {
    const exits = { two: [1], 'undo-one': [1, 0] };
    const run = new Scenario(plan, { exits }).start('unattended', { onFailure: 'rollback' });
    run.drive();
    expect(run.events.at(-1)).toEqual({
      type: 'RunEnded',
      outcome: 'rollback-failed',
      message: 'undoing failed at `undo-one`',
      left: ['undo-one', 'restore'],
    });
    const before = run.events.length;
    run.record({ type: 'RunResumed', by: grace, mode: 'unattended', runbookDigest: 'd' });
    run.drive();
    expect(run.trail(before)).toEqual([
      'RunResumed',
      'BlockStarted undo-one',
      'BlockPassed undo-one',
      'BlockStarted restore',
      'BlockPassed restore',
      'RunEnded rolled-back',
    ]);
  });

  it('is shown first and can be declined or thinned out in a guided run', () => {
    const run = new Scenario(plan, { exits: { two: [1] } }).start('guided');
    run.drive();
    run.send({ type: 'RunUntilGate', by: ada });
    run.drive();
    run.send({ type: 'DecideFailure', address: address('two'), decision: 'rollback', by: ada });
    expect(run.drive()).toEqual({
      type: 'ask',
      question: { type: 'rollback-plan', items: ['undo-two', 'undo-one', 'restore'] },
    });
    run.send({ type: 'DeclineRollback', by: ada });
    expect(run.drive()).toMatchObject({ question: { type: 'failure', address: 'two' } });
    run.send({ type: 'DecideFailure', address: address('two'), decision: 'rollback', by: ada });
    run.drive();
    run.send({ type: 'StartRollback', excluded: [address('undo-one')], by: ada });
    for (let effect = run.drive(); effect.type === 'ask'; effect = run.drive()) {
      if (effect.question.type !== 'release') throw new Error(`asked ${effect.question.type}`);
      run.send({ type: 'RunBlock', address: effect.question.address, by: ada });
    }
    expect(run.trail()).not.toContain('BlockStarted undo-one');
    expect(run.events.at(-1)).toEqual({
      type: 'RunEnded',
      outcome: 'rolled-back',
      message: 'the rollback is complete; 1 left out by the operator',
      left: [],
    });
  });
});

describe('a resumed run', () => {
  it('asks its preconditions again and is in doubt about what had started', () => {
    const run = new Scenario(good).start('guided');
    run.drive();
    run.send({ type: 'RunBlock', address: address('work'), by: ada });
    run.record({ type: 'BlockStarted', address: address('work'), attempt: 1 });
    const before = run.events.length;
    run.record({ type: 'RunResumed', by: grace, mode: 'guided', runbookDigest: 'd' });
    expect(run.drive()).toEqual({ type: 'ask', question: { type: 'in-doubt', address: 'work' } });
    run.send({ type: 'ResolveDoubt', address: address('work'), as: 'run-again', by: grace });
    run.drive();
    expect(run.trail(before)).toEqual([
      'RunResumed',
      'PhaseStarted preconditions',
      'BlockStarted ready',
      'BlockPassed ready',
      'PhaseStarted steps',
      'DoubtResolved work',
      'BlockStarted work',
      'BlockPassed work',
      'PhaseStarted validation',
      'BlockStarted healthy',
      'BlockPassed healthy',
      'RunEnded succeeded',
    ]);
  });

  it('never reruns a doubtful change by itself, but asks its check', () => {
    const plan = planOf([block('work', 'steps', { check: 'test -e done' })]);
    const script = { holds: { 'work.check': [true] } };
    const run = new Scenario(plan, script).start('unattended');
    run.record({ type: 'BlockStarted', address: address('work'), attempt: 1 });
    run.record({ type: 'RunResumed', by: ada, mode: 'unattended', runbookDigest: 'd' });
    run.drive();
    expect(run.trail(3)).toEqual([
      'PhaseStarted steps',
      'ConditionChecked work',
      'DoubtResolved work',
      'RunEnded succeeded',
    ]);
    const without = new Scenario(planOf([block('work', 'steps')])).start('unattended');
    without.record({ type: 'BlockStarted', address: address('work'), attempt: 1 });
    without.record({ type: 'RunResumed', by: ada, mode: 'unattended', runbookDigest: 'd' });
    without.drive();
    expect(without.trail().at(-1)).toBe('RunPaused in-doubt');
  });

  it('runs a doubtful change again when its check says that it is not done, but never one that destroys', () => {
    const resumed = (risk: 'change' | 'destructive') => {
      const plan = planOf([block('work', 'steps', { check: 'test -e done', risk })]);
      const run = new Scenario(plan, { holds: { 'work.check': [false, true] } }).start('unattended');
      // What was asked before it started is asked again.
      run.record({ type: 'ConditionChecked', address: address('work'), condition: 'check', holds: true });
      run.record({ type: 'BlockStarted', address: address('work'), attempt: 1 });
      run.record({ type: 'RunResumed', by: ada, mode: 'unattended', runbookDigest: 'd' });
      run.drive();
      return run.trail(4);
    };
    expect(resumed('change').slice(0, 3)).toEqual([
      'PhaseStarted steps',
      'ConditionChecked work',
      'DoubtResolved work',
    ]);
    expect(resumed('change').at(-1)).toBe('RunEnded succeeded');
    expect(resumed('destructive')).toEqual([
      'PhaseStarted steps',
      'ConditionChecked work',
      'RunPaused in-doubt',
    ]);
  });
});

describe('a selection', () => {
  it('begins behind what it leaves out', () => {
    const plan = planOf([block('one', 'steps'), block('two', 'steps')]);
    const run = new Scenario(plan).start('unattended', { selection: { steps: ['two'], tags: [] } });
    run.drive();
    expect(run.trail(1)).toEqual([
      'PhaseStarted steps',
      'BlockStarted two',
      'BlockPassed two',
      'RunEnded succeeded',
    ]);
  });
});

describe('an interval that backs off', () => {
  it('doubles with each failure, up to its longest, and begins anew when it is run again', () => {
    const item = block('wait', 'validation', { retries: 5, intervalMs: 1_000, longestIntervalMs: 5_000 });
    const run = new Scenario(planOf([item]), { exits: { wait: [1] } }).start('guided');
    run.drive();
    const delays = () =>
      run.events.flatMap((event) => (event.type === 'RetryScheduled' ? [event.delayMs] : []));
    expect(delays()).toEqual([1_000, 2_000, 4_000, 5_000, 5_000]);
    run.send({ type: 'DecideFailure', address: address('wait'), decision: 'retry', by: ada });
    run.drive();
    expect(delays().slice(5)).toEqual([1_000, 2_000, 4_000, 5_000, 5_000]);
  });
});

describe('the clean-up section', () => {
  const plan = planOf([
    block('work', 'steps'),
    block('tidy', 'cleanup'),
    block('sweep', 'cleanup'),
    block('undo-work', 'rollback', { undoes: stepName('work') }),
  ]);
  const badly = (mode: 'guided' | 'unattended', onFailure: 'stop' | 'rollback', exits = {}) => {
    const run = new Scenario(plan, { exits: { work: [1], ...exits } }).start(mode, { onFailure });
    run.drive();
    run.send({ type: 'RunUntilGate', by: ada });
    run.drive();
    run.send({ type: 'StartRollback', excluded: [], by: ada });
    run.drive();
    run.send({ type: 'RunBlock', address: address('undo-work'), by: ada });
    return run;
  };

  it('ends a good run', () => {
    const run = new Scenario(plan).start('unattended');
    run.drive();
    expect(run.trail().slice(-6)).toEqual([
      'PhaseStarted cleanup',
      'BlockStarted tidy',
      'BlockPassed tidy',
      'BlockStarted sweep',
      'BlockPassed sweep',
      'RunEnded succeeded',
    ]);
  });

  it.each(['stop', 'rollback'] as const)(
    'is left by an unattended run that failed, which says so: %s',
    (how) => {
      const run = badly('unattended', how);
      expect(run.trail().some((line) => line.includes('tidy'))).toBe(false);
      expect(run.events.at(-1)).toMatchObject({
        type: 'RunEnded',
        message: expect.stringMatching(/; its clean-up section was not run$/),
      });
    },
  );

  it.each(['stop', 'rollback'] as const)('is offered after a failure of a guided run: %s', (how) => {
    const run = badly('guided', how);
    expect(run.drive()).toEqual({ type: 'ask', question: { type: 'clean-up', items: ['tidy', 'sweep'] } });
    const from = run.events.length;
    expect(run.send({ type: 'DecideCleanup', wanted: true, by: grace })).toBe('taken');
    expect(run.drive()).toEqual({ type: 'none' });
    expect(run.trail(from)).toEqual([
      'CleanupDecided',
      'PhaseStarted cleanup',
      'BlockStarted tidy',
      'BlockPassed tidy',
      'BlockStarted sweep',
      'BlockPassed sweep',
      how === 'stop' ? 'RunEnded failed' : 'RunEnded rolled-back',
    ]);
    expect(run.events.at(-1)).not.toMatchObject({ message: expect.stringContaining('clean-up') });
  });

  it('is left where the operator says no, and ends where one of its blocks is stopped', () => {
    const no = badly('guided', 'stop');
    no.drive();
    no.send({ type: 'DecideCleanup', wanted: false, by: ada });
    no.drive();
    expect(no.trail().slice(-2)).toEqual(['CleanupDecided', 'RunEnded failed']);
    const stopped = badly('guided', 'stop', { tidy: [1] });
    stopped.drive();
    expect(stopped.send({ type: 'DecideCleanup', wanted: true, by: ada })).toBe('taken');
    expect(stopped.send({ type: 'DecideCleanup', wanted: true, by: ada })).toBe('no-clean-up');
    stopped.drive();
    expect(stopped.trail().at(-1)).toBe('RunEnded failed');
    expect(stopped.trail().some((line) => line.includes('sweep'))).toBe(false);
  });

  it('goes on where a run was cut off in it', () => {
    const run = badly('guided', 'stop');
    run.drive();
    run.send({ type: 'DecideCleanup', wanted: true, by: ada });
    run.record({ type: 'BlockStarted', address: address('tidy'), attempt: 1 });
    run.record({ type: 'RunResumed', by: ada, mode: 'guided', runbookDigest: 'd' });
    expect(run.drive()).toMatchObject({
      type: 'ask',
      question: { type: 'clean-up', items: ['tidy', 'sweep'] },
    });
    run.send({ type: 'DecideCleanup', wanted: true, by: ada });
    expect(run.drive()).toMatchObject({ type: 'ask', question: { type: 'in-doubt', address: 'tidy' } });
  });
});

describe('what a rollback has come to', () => {
  const ending = (run: Scenario) => {
    run.drive();
    run.send({ type: 'RunUntilGate', by: ada });
    run.drive();
    run.send({ type: 'RequestRollback', by: ada });
    run.send({ type: 'StartRollback', excluded: [], by: ada });
    run.drive();
    run.send({ type: 'RunUntilGate', by: ada });
    run.drive();
    return run.events.at(-1);
  };
  const two = [block('one', 'steps'), block('two', 'steps'), block('last', 'validation', { risk: 'change' })];
  const undoTwo = block('undo-two', 'rollback', { undoes: stepName('two') });

  it('names the steps for which no undo is written, and is no failure where nothing failed', () => {
    const run = new Scenario(planOf([...two, block('ask', 'steps', { confirm: 'Go on?' }), undoTwo]));
    expect(ending(run.start('guided'))).toEqual({
      type: 'RunEnded',
      outcome: 'rolled-back',
      message: 'the rollback is complete; no undo is written for `one`, `last`',
      asWished: true,
      left: [],
    });
  });

  it('has nothing to name where the document has a rollback section', () => {
    const items = [
      ...two,
      block('ask', 'steps', { confirm: 'Go on?' }),
      undoTwo,
      block('restore', 'rollback'),
    ];
    expect(ending(new Scenario(planOf(items)).start('guided'))).toMatchObject({
      message: 'everything that ran was undone',
    });
  });

  it('tells of a shell, which nobody undoes', () => {
    const run = new Scenario(
      planOf([block('two', 'steps'), block('ask', 'steps', { confirm: 'Go?' }), undoTwo]),
    );
    run.start('guided').record({ type: 'ShellOpened', by: ada }, { type: 'ShellClosed', durationMs: 1 });
    expect(ending(run)).toMatchObject({
      message: 'the rollback is complete; what was done in a shell is not undone',
    });
  });
});

describe('a shell of the operator', () => {
  const failing = () => {
    const run = new Scenario(planOf([block('one', 'steps'), block('two', 'steps')]), { exits: { one: [1] } });
    run.start('guided').drive();
    run.send({ type: 'RunUntilGate', by: ada });
    run.drive();
    return run;
  };

  it('is opened between blocks, and the question that stood comes back', () => {
    const run = failing();
    const asked = run.drive();
    const from = run.events.length;
    expect(run.send({ type: 'OpenShell', at: address('one'), by: ada })).toBe('taken');
    expect(run.state.shell).toEqual({ by: ada, at: 'one' });
    expect(run.drive()).toEqual(asked);
    expect(run.trail(from)).toEqual(['ShellOpened', 'ShellClosed']);
    expect([run.state.shell, run.state.shellsOpened]).toEqual([undefined, 1]);
  });

  it('is one at a time, of a person, and not beside a running block', () => {
    const run = failing();
    run.record({ type: 'ShellOpened', by: ada });
    expect(run.send({ type: 'OpenShell', by: grace })).toBe('shell-open');
    run.record({ type: 'ShellClosed', durationMs: 1, shellState: { file: 'state/3' } });
    expect(run.state.shellState).toEqual({ file: 'state/3' });
    expect(run.send({ type: 'OpenShell', by: ada, at: address('nowhere') })).toBe('unknown-item');
    run.record({ type: 'BlockStarted', address: address('two'), attempt: 1 });
    expect(run.send({ type: 'OpenShell', by: ada })).toBe('running');
    const alone = new Scenario(planOf([block('one', 'steps', { confirm: 'Sure?' })])).start('unattended');
    expect(alone.send({ type: 'OpenShell', by: ada })).toBe('nobody-here');
  });

  it('that was open when the run broke off is gone, and leaves nothing in doubt', () => {
    const run = failing();
    run.record({ type: 'ShellOpened', by: ada });
    run.record({ type: 'RunResumed', by: grace, mode: 'guided', runbookDigest: 'd' });
    expect(run.drive()).toMatchObject({ type: 'ask', question: { type: 'failure', address: 'one' } });
  });

  it('is told of where a run says that it changed nothing', () => {
    const run = new Scenario(planOf([block('gate', 'preconditions')]), { exits: { gate: [1] } });
    run.start('guided').drive();
    run.send({ type: 'OpenShell', by: ada });
    run.drive();
    run.send({ type: 'DecideFailure', address: address('gate'), decision: 'stop', by: ada });
    run.drive();
    expect(run.events.at(-1)).toMatchObject({
      outcome: 'precondition-failed',
      message: '`gate` does not hold; the run changed nothing, apart from its shell',
    });
  });
});

describe('a jump', () => {
  it('skips what it passes over, and opens a finished step again', () => {
    const plan = planOf([block('one', 'steps'), block('two', 'steps'), block('three', 'steps')]);
    const run = new Scenario(plan).start('guided');
    run.drive();
    run.send({ type: 'JumpTo', address: address('three'), by: ada });
    expect(run.drive()).toMatchObject({ question: { type: 'release', address: 'three' } });
    expect(run.trail(2)).toEqual(['BlockSkipped one', 'BlockSkipped two', 'JumpedTo three']);
    run.send({ type: 'JumpTo', address: address('one'), by: ada });
    expect(run.drive()).toMatchObject({ question: { type: 'release', address: 'one' } });
    run.send({ type: 'RunBlock', address: address('one'), by: ada });
    expect(run.drive()).toMatchObject({ question: { type: 'release', address: 'three' } });
  });
});
