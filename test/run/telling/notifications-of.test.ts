import { describe, expect, it } from 'vitest';
import { address } from '../../../src/basics/address.ts';
import type { FailureReason, RunEvent } from '../../../src/run/event.ts';
import { initialState } from '../../../src/run/evolve.ts';
import type { Plan } from '../../../src/run/plan.ts';
import { notificationsOf } from '../../../src/run/telling/notifications-of.ts';
import { block, planOf } from '../sample-plan.ts';
import { ada, emptyResult, Scenario } from '../scenario.ts';

/** Everything that would be told of a whole run, event by event. */
function toldOf(plan: Plan, play: (run: Scenario) => void, script = {}): string[] {
  const told: string[] = [];
  class Listening extends Scenario {
    override record(...events: readonly RunEvent[]): this {
      for (const event of events) {
        super.record(event);
        const recorded = { seq: this.state.lastSeq, at: '2026-01-01T00:00:00.000Z', event };
        told.push(...notificationsOf(recorded, this.state).map(({ to, about }) => `${to}: ${about}`));
      }
      return this;
    }
  }
  play(new Listening(plan, script));
  return told;
}

const rules = (plan: Plan, more: Partial<Plan>): Plan => ({ ...plan, ...more });

describe('the rules of a runbook', () => {
  it('tell of the end by its outcome, and of each thing once', () => {
    const plan = rules(planOf([block('one', 'steps')]), {
      notify: [
        { on: ['started', 'succeeded', 'ended'], to: 'ops' },
        { on: ['failed'], to: 'boss' },
        { on: ['ended'], to: 'ops' },
      ],
    });
    const unattended = (run: Scenario) => run.start('unattended').drive();
    expect(toldOf(plan, unattended)).toEqual(['ops: started', 'ops: succeeded']);
    expect(toldOf(plan, unattended, { exits: { one: [1] } })).toEqual([
      'ops: started',
      'boss: failed',
      'ops: failed',
    ]);
  });

  it('tell of a block in the background that fails while the run goes on', () => {
    const plan = rules(
      planOf([
        block('forward', 'steps', { background: true, notify: { item: ['net'], step: [] } }),
        block('use', 'steps'),
      ]),
      { escalation: [{ after: 'failure', to: 'pager' }] },
    );
    const told = (reason?: FailureReason) =>
      toldOf(plan, (run) => {
        run.start('guided').drive();
        run.send({ type: 'RunBlock', address: address('forward'), by: ada });
        run.drive();
        const result = { ...emptyResult, exitCode: 1 };
        const end = { address: address('forward'), result, ended: 'itself' } as const;
        run.record({ type: 'BackgroundEnded', ...end, ...(reason && { reason }) });
        run.drive();
      });
    expect(told({ type: 'exit', code: 1 })).toEqual([
      'net: end of forward',
      'pager: failure of forward',
      'net: failure of forward',
    ]);
    expect(told()).toEqual(['net: end of forward']);
  });

  it('escalate a failure when no attempt follows, but not one that was wished for', () => {
    const plan = rules(planOf([block('one', 'steps', { retries: 2 })]), {
      escalation: [{ after: 'failure', to: 'pager' }],
    });
    expect(toldOf(plan, (run) => run.start('guided').drive(), {})).toEqual([]);
    const guided = (run: Scenario) => {
      run.start('guided').drive();
      run.send({ type: 'RunBlock', address: address('one'), by: ada });
      run.drive();
    };
    expect(toldOf(plan, guided, { exits: { one: [1, 1, 0] } })).toEqual([]);
    expect(toldOf(plan, guided, { exits: { one: [1] } })).toEqual(['pager: failure of one']);
    const interrupted = (run: Scenario) => {
      run.start('guided').drive();
      const result = { exitCode: null, durationMs: 1, output: { stdoutBytes: 0, stderrBytes: 0, lines: 0 } };
      run.record({ type: 'BlockStarted', address: address('one'), attempt: 1 });
      run.record({
        type: 'BlockFailed',
        address: address('one'),
        attempt: 1,
        result: { ...result, captured: {}, warnings: [] },
        reason: { type: 'interrupted' },
      });
    };
    expect(toldOf(plan, interrupted)).toEqual([]);
  });

  it('tell of approvals that are wanted, and of those that nobody gave in time', () => {
    const plan = rules(planOf([block('one', 'steps', { approve: { type: 'count', count: 1 } })]), {
      notify: [{ on: ['approval'], to: 'ops' }],
      escalation: [{ after: 'approval-timeout', to: 'pager' }],
    });
    const play = (run: Scenario) => {
      run.start('unattended').drive();
      run.record({ type: 'ApprovalTimedOut', address: address('one'), action: 'escalate' });
    };
    expect(toldOf(plan, play)).toEqual(['ops: approval of one', 'pager: approval timeout of one']);
  });

  it('tell of what was denied, timed out or found to have failed as of a failure', () => {
    const gated = block('one', 'steps', {
      approve: { type: 'count', count: 1 },
      notify: { item: ['owner'], step: [] },
    });
    const plan = rules(planOf([gated]), {
      notify: [{ on: ['failure'], to: 'ops' }],
      escalation: [{ after: 'failure', to: 'pager' }],
    });
    const told = (...events: readonly RunEvent[]) =>
      toldOf(plan, (run) => {
        run.start('unattended').drive();
        run.record(...events);
      });
    const one = address('one');
    expect(told({ type: 'ApprovalDenied', address: one, by: ada })).toEqual([
      'ops: denial of one',
      'pager: denial of one',
      'owner: denial of one',
    ]);
    expect(told({ type: 'ApprovalTimedOut', address: one, action: 'deny' })).toEqual([
      'ops: approval timeout of one',
      'pager: approval timeout of one',
      'owner: timeout of one',
    ]);
    expect(told({ type: 'ApprovalTimedOut', address: one, action: 'approve' })).toEqual([]);
    expect(told({ type: 'DoubtResolved', address: one, as: 'failed', by: ada })).toEqual([
      'ops: failure of one',
      'pager: failure of one',
      'owner: failure of one',
    ]);
  });

  it('say nothing of a rehearsal', () => {
    const plan = rules(planOf([block('one', 'steps')]), {
      notify: [{ on: ['ended', 'started'], to: 'ops' }],
    });
    expect(toldOf(plan, (run) => run.start('unattended', { rehearse: true }).drive())).toEqual([]);
    expect(notificationsOf({ seq: 1, at: '', event: { type: 'GateOpened' } }, initialState(plan))).toEqual(
      [],
    );
  });
});

describe('steps that tell', () => {
  const step = { step: block('deploy', 'steps').step };
  const plan = planOf([
    block('build', 'steps', { ...step, notify: { item: [], step: ['team'] } }),
    block('ship', 'steps', { ...step, notify: { item: ['ops'], step: ['team'] } }),
    block('later', 'steps', { when: 'no', notify: { item: ['ops'], step: [] } }),
  ]);
  const play = (run: Scenario) => run.start('unattended').drive();

  it('do so when they have ended, a step when all of it has', () => {
    expect(toldOf(plan, play, { holds: { 'later.when': [false] } })).toEqual([
      'ops: end of ship',
      'team: end of deploy',
      'ops: skip of later',
    ]);
  });

  it('do so when they have failed for good', () => {
    expect(toldOf(plan, play, { exits: { build: [1] } })).toEqual(['team: failure of deploy']);
  });
});
