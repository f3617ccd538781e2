import { describe, expect, it } from 'vitest';
import { address } from '../../../src/basics/address.ts';
import type { FailedCommand } from '../../../src/run/failed-command.ts';
import { ownText } from '../../../src/run/masking/redactor.ts';
import { block, planOf } from '../sample-plan.ts';
import { ada, emptyResult, Scenario } from '../scenario.ts';

const at: FailedCommand = {
  ...{ line: 9, blockLine: 3, command: ownText('cd /srv/old') },
  rest: { line: 9, blockLine: 3 },
};

const plan = planOf([block('work', 'steps', { retries: 0 }), block('next', 'steps')]);

const decide = (run: Scenario, decision: 'retry' | 'run-rest') =>
  run.send({ type: 'DecideFailure', address: address('work'), decision, by: ada });

/** A guided run that stands at the failure of `work`, at a line from which the rest can be run. */
function failedRun(exits: readonly number[] = [1, 0]): Scenario {
  const run = new Scenario(plan, { exits: { work: exits }, failsAt: { work: at } }).start('guided');
  run.drive();
  run.send({ type: 'RunBlock', address: address('work'), by: ada });
  run.drive();
  return run;
}

const startsOf = (run: Scenario) =>
  run.events.flatMap((event) => (event.type === 'BlockStarted' ? [event.from ?? 'its start'] : []));

describe('the rest of a block that failed', () => {
  it('is offered where it can be run, and begins at the command that failed', () => {
    const run = failedRun();
    expect(run.drive()).toMatchObject({
      question: {
        type: 'failure',
        choices: ['retry', 'run-rest', 'skip', 'mark-done', 'continue', 'rollback', 'pause', 'stop'],
      },
    });
    expect(decide(run, 'run-rest')).toBe('taken');
    expect(run.drive()).toMatchObject({ question: { type: 'release', address: 'next' } });
    expect(startsOf(run)).toEqual(['its start', at.rest]);
    expect(run.events).toContainEqual({
      type: 'FailureDecided',
      address: 'work',
      decision: 'run-rest',
      by: ada,
      automatic: false,
    });
  });

  it('can fail again, and is run whole where that is chosen', () => {
    const run = failedRun([1, 1, 0]);
    decide(run, 'run-rest');
    run.drive();
    decide(run, 'retry');
    run.drive();
    expect(startsOf(run)).toEqual(['its start', at.rest, 'its start']);
  });

  it('is no choice without a place, after an edit, and in a later process', () => {
    const elsewhere = new Scenario(plan, { exits: { work: [1] } }).start('guided');
    elsewhere.drive();
    elsewhere.send({ type: 'RunBlock', address: address('work'), by: ada });
    elsewhere.drive();
    expect(decide(elsewhere, 'run-rest')).toBe('not-a-choice');

    const edited = failedRun();
    edited.send({ type: 'EditCommand', address: address('work'), code: 'true\n', by: ada });
    expect(decide(edited, 'run-rest')).toBe('not-a-choice');

    const resumed = failedRun();
    resumed.record(
      { type: 'RunPaused', reason: 'failure', message: '' },
      { type: 'RunResumed', by: ada, mode: 'guided', runbookDigest: 'd' },
    );
    expect(resumed.drive()).toMatchObject({ question: { type: 'failure' } });
    expect(decide(resumed, 'run-rest')).toBe('not-a-choice');
  });
});

describe('a block in the background', () => {
  const background = planOf([
    block('forward', 'steps', { background: true }),
    block('use', 'steps'),
    block('check', 'validation'),
  ]);
  const broken = {
    type: 'BackgroundEnded',
    address: address('forward'),
    result: { ...emptyResult, exitCode: 1 },
    ended: 'itself',
    reason: { type: 'exit', code: 1 },
  } as const;
  const run = (name: 'forward' | 'use', of: Scenario) => {
    of.send({ type: 'RunBlock', address: address(name), by: ada });
    return of.drive();
  };

  it('is ended before it is said that the run has succeeded', () => {
    const good = new Scenario(background).start('unattended');
    good.drive();
    expect(good.trail().slice(-2)).toEqual(['BackgroundEnded forward', 'RunEnded succeeded']);
  });

  it('that fails is decided on before the run goes on, and is started again where that is chosen', () => {
    const guided = new Scenario(background).start('guided');
    guided.drive();
    expect(run('forward', guided)).toMatchObject({ question: { type: 'release', address: 'use' } });
    guided.record(broken);
    expect(guided.drive()).toMatchObject({ question: { type: 'failure', address: 'forward' } });
    guided.send({ type: 'DecideFailure', address: address('forward'), decision: 'retry', by: ada });
    expect(guided.drive()).toMatchObject({ question: { type: 'release', address: 'use' } });
    run('use', guided);
    expect(guided.state.outcome).toBe('succeeded');
  });

  it('that failed and was gone on from counts against the outcome, in the last section too', () => {
    const guided = new Scenario(background).start('guided');
    guided.drive();
    run('forward', guided);
    guided.record({ type: 'PhaseStarted', phase: 'validation' }, broken);
    const from = guided.events.length;
    guided.drive();
    guided.send({ type: 'DecideFailure', address: address('forward'), decision: 'continue', by: ada });
    guided.drive();
    run('use', guided);
    expect(guided.trail(from)[0]).toBe('FailureDecided forward continue');
    expect([guided.state.outcome, guided.events.at(-1)]).toMatchObject([
      'failed',
      { message: 'failed, and the run continued: `forward`' },
    ]);
  });

  it('that fails when the run is over changes nothing that was said, and counts', () => {
    const over = new Scenario(background).start('unattended');
    over.drive();
    over.record(broken);
    expect([over.state.outcome, over.state.items[0]?.status]).toEqual(['succeeded', 'failed-continued']);
  });

  it('that went on when the run broke off is started again', () => {
    const cut = new Scenario(background, { exits: { use: [1] } }).start('unattended');
    cut.drive();
    cut.record({ type: 'RunResumed', by: ada, mode: 'guided', runbookDigest: 'd' });
    expect(cut.state.items[0]?.status).toBe('pending');
  });

  it('of which an earlier version only said how it ended is as it was then', () => {
    const { reason: _reason, ...told } = broken;
    const before = new Scenario(background).start('guided');
    before.drive();
    run('forward', before);
    before.record(told);
    expect(before.state.items[0]?.status).toBe('passed');
  });
});
