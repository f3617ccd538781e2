import { describe, expect, it } from 'vitest';
import { address } from '../../../src/basics/address.ts';
import type { TimeoutAction } from '../../../src/runbook/runbook.ts';
import { block, planOf } from '../sample-plan.ts';
import { ada, grace, Scenario } from '../scenario.ts';

const lin = { user: 'lin', host: 'desk' };

const minute = 60_000;

function waiting(onTimeout: TimeoutAction = 'deny', more: Parameters<typeof block>[2] = {}): Scenario {
  const approve = { type: 'group', group: 'dba' } as const;
  const dba = { people: ['ada', 'grace', 'lin'], count: 2, timeoutMs: minute, onTimeout };
  const run = new Scenario(
    planOf([block('drop', 'steps', { approve, ...more })], { approvalGroups: { dba } }),
  );
  run.start('unattended').drive();
  return run;
}

const refused = (answer: 'approve' | 'deny', by: typeof ada, message: string) => ({
  type: 'AnswerRefused',
  address: 'drop',
  answer,
  by,
  message,
});

const takeOver = (by: typeof ada) =>
  ({ type: 'RunResumed', by, mode: 'unattended', runbookDigest: 'd' }) as const;

describe('an answer to a gate', () => {
  it('counts for nothing of the person for whom the run was started', () => {
    const run = waiting();
    const runner = { user: 'runner', host: 'bastion', for: 'lin' };
    run.record({ type: 'RunPaused', reason: 'operator', message: 'm' }, takeOver(runner)).drive();
    expect([lin, grace].map((by) => run.answer('GiveApproval', 'drop', by))).toEqual(['own-step', 'taken']);
  });

  it('counts for nothing of that person either where the run was taken up before it was asked for', () => {
    const approve = { type: 'group', group: 'dba' } as const;
    const dba = { people: ['grace', 'lin'], count: 1, timeoutMs: minute, onTimeout: 'deny' } as const;
    const plan = planOf([block('drop', 'steps', { approve })], { approvalGroups: { dba } });
    const runner = { user: 'runner', host: 'bastion' };
    const run = new Scenario(plan).start('unattended', {}, { ...runner, for: 'lin' });
    run.record({ type: 'RunPaused', reason: 'operator', message: 'm' }, takeOver(runner)).drive();
    expect([lin, grace].map((by) => run.answer('GiveApproval', 'drop', by))).toEqual(['own-step', 'taken']);
    expect(run.events.filter(({ type }) => type === 'AnswerRefused')).toEqual([
      refused('approve', lin, 'the run was started for `lin`, who cannot approve what it does'),
    ]);
  });

  it('counts other people only, each once, and records every other one with its reason', () => {
    const run = waiting();
    const from = run.events.length;
    const mallory = { user: 'mallory', host: 'desk' };
    expect([ada, grace, grace, mallory].map((by) => run.answer('GiveApproval', 'drop', by))).toEqual([
      'own-step',
      'taken',
      'answered-already',
      'not-an-approver',
    ]);
    expect(run.answer('DenyApproval', 'drop', mallory)).toBe('not-an-approver');
    expect(run.events.slice(from).filter(({ type }) => type === 'AnswerRefused')).toEqual([
      refused('approve', ada, '`ada` runs this step and cannot approve it'),
      refused('approve', grace, '`grace` has approved already'),
      refused('approve', mallory, '`mallory` is not asked here; `dba` is `ada`, `grace`, `lin`'),
      refused('deny', mallory, '`mallory` is not asked here; `dba` is `ada`, `grace`, `lin`'),
    ]);
    expect(run.answer('GiveApproval', 'drop', lin)).toBe('taken');
    run.drive();
    expect(run.state.outcome).toBe('succeeded');
  });

  it('never counts who has operated the run since it was asked for, whatever their name is', () => {
    const run = waiting().record(takeOver({ user: 'grace', uid: 7, host: 'laptop' }));
    expect(run.answer('GiveApproval', 'drop', grace)).toBe('own-step');
    run.record(takeOver(lin));
    // By the number of the account, under another name.
    expect(run.answer('GiveApproval', 'drop', { user: 'ada', uid: 7, host: 'laptop' })).toBe('own-step');
    expect(run.events.at(-1)).toEqual(
      refused(
        'approve',
        { user: 'ada', uid: 7, host: 'laptop' },
        '`ada` has operated the run since this was asked for, and cannot approve it',
      ),
    );
    expect(run.answer('GiveApproval', 'drop', ada)).toBe('own-step');
  });

  it('counts who has handed the run over before it was asked for', () => {
    const plan = planOf([
      block('first', 'steps', { approve: { type: 'count', count: 1 } }),
      block('drop', 'steps', { approve: { type: 'count', count: 1 } }),
    ]);
    const run = new Scenario(plan).start('unattended');
    run.drive();
    run.record(takeOver(grace));
    expect(run.answer('GiveApproval', 'first', lin)).toBe('taken');
    run.drive();
    expect(run.answer('GiveApproval', 'drop', ada)).toBe('taken');
    run.drive();
    expect(run.state.outcome).toBe('succeeded');
  });

  it('counts who has handed the run over once it is asked for anew by who has it', () => {
    const run = waiting();
    run.record({ ...takeOver(grace), mode: 'guided' });
    run.drive();
    expect(run.answer('GiveApproval', 'drop', ada)).toBe('own-step');
    run.send({ type: 'JumpTo', address: address('drop'), by: grace });
    run.drive();
    expect(run.answer('GiveApproval', 'drop', ada)).toBe('taken');
  });

  it('is void once who gave it operates the run, and is asked for anew', () => {
    const run = waiting();
    run.answer('GiveApproval', 'drop', grace);
    run.answer('GiveApproval', 'drop', lin);
    const from = run.events.length;
    run.record(takeOver(grace));
    expect(run.drive()).toMatchObject({ type: 'await-approval' });
    expect(run.events.slice(from).filter(({ type }) => type !== 'PhaseStarted')).toMatchObject([
      { type: 'RunResumed' },
      {
        type: 'ApprovalChecked',
        address: 'drop',
        changed: ['`grace`, who had approved, has taken the run over'],
      },
      { type: 'ApprovalRequested', by: grace },
    ]);
  });

  it.each(['running', 'paused'] as const)(
    'is late when it is taken at the end of the time, the run %s',
    (how) => {
      const run = waiting();
      if (how === 'paused') run.record({ type: 'RunPaused', reason: 'approval', message: 'waits' });
      const from = run.events.length;
      expect(run.answer('GiveApproval', 'drop', grace, { afterMs: minute })).toBe('late');
      expect(run.events.slice(from)).toEqual([
        { type: 'ApprovalTimedOut', address: 'drop', action: 'deny' },
        refused('approve', grace, 'the time to answer `drop` was over at 2026-01-01T00:01:00.000Z'),
      ]);
      expect(run.state.items[0]).toMatchObject({ status: 'failed', reason: { type: 'denied' } });
      expect(run.answer('GiveApproval', 'drop', lin, { afterMs: minute })).toBe('no-open-gate');
    },
  );

  it('is still waited for after an escalation', () => {
    const run = waiting('escalate');
    const from = run.events.length;
    expect(run.answer('GiveApproval', 'drop', grace, { afterMs: minute })).toBe('taken');
    expect(run.answer('GiveApproval', 'drop', lin, { afterMs: 2 * minute })).toBe('taken');
    expect(run.trail(from)).toEqual(['ApprovalTimedOut drop', 'ApprovalGiven drop', 'ApprovalGiven drop']);
  });

  it('has to name the request that stands', () => {
    const run = waiting();
    const digest = /`([0-9a-f]{12})`$/;
    expect(run.answer('GiveApproval', 'drop', grace, { of: 'feedfeedfeed' })).toBe('another-request');
    const event = run.events.at(-1);
    expect(event?.type === 'AnswerRefused' && event.message).toMatch(
      /^the answer is for another request; what `drop` waits for now is `[0-9a-f]{12}`$/,
    );
    const now = (event?.type === 'AnswerRefused' && digest.exec(event.message)?.[1]) || '';
    expect(run.answer('GiveApproval', 'drop', grace, { of: now })).toBe('taken');
    expect(
      run.send({ type: 'GiveApproval', address: address('drop'), by: lin, at: '2026-01-01T00:00:00.000Z' }),
    ).toBe('unseen');
  });

  it('cannot be given to a request of an earlier version, which is asked anew', () => {
    const approve = { type: 'count', count: 1 } as const;
    const run = new Scenario(planOf([block('drop', 'steps', { approve })])).start('unattended');
    run.record(
      { type: 'PhaseStarted', phase: 'steps' },
      {
        type: 'ApprovalRequested',
        address: address('drop'),
        gate: '1',
        people: [],
        needed: 1,
        by: ada,
        onTimeout: 'deny',
      },
      { type: 'RunPaused', reason: 'approval', message: 'waits' },
    );
    expect(run.answer('GiveApproval', 'drop', grace)).toBe('earlier-version');
    run.record(takeOver(ada)).drive();
    expect(run.answer('GiveApproval', 'drop', grace)).toBe('taken');
    run.drive();
    expect(run.state.outcome).toBe('succeeded');
  });

  it('has no say once the run is over, and leaves no trace there', () => {
    const run = waiting();
    run.answer('DenyApproval', 'drop', grace);
    run.drive();
    const before = run.events.length;
    expect(run.answer('GiveApproval', 'drop', lin)).toBe('not-running');
    expect(run.events).toHaveLength(before);
  });
});

describe('the clock', () => {
  it.each([
    ['a block that destroys', { risk: 'destructive' }, 'deny'],
    ['a command known to destroy', { code: 'rm -rf /srv/data\n' }, 'deny'],
    ['a statement known to destroy', { language: 'sql', code: 'DROP TABLE users;\n' }, 'deny'],
    ['a change', {}, 'approve'],
  ] as const)('approves %s: %o ends as %s', (_, more, action) => {
    const run = waiting('approve', more);
    expect(run.events.at(-1)).toMatchObject({ type: 'ApprovalRequested', onTimeout: action });
    // Whatever an earlier version has recorded.
    run.answer('GiveApproval', 'drop', grace, { afterMs: minute });
    expect(run.events.at(-2)).toEqual({ type: 'ApprovalTimedOut', address: 'drop', action });
  });

  it('does not approve a link that brings what destroys', () => {
    const dba = { people: ['grace'], count: 1, timeoutMs: minute, onTimeout: 'approve' } as const;
    const approve = { type: 'group', group: 'dba' } as const;
    const run = new Scenario(
      planOf(
        [
          { ...block('link', 'steps', { approve }), kind: 'runbook', target: 'x.md', inputs: {} },
          { ...block('link/a', 'steps', { risk: 'destructive' }), within: address('link'), section: 'steps' },
        ],
        { approvalGroups: { dba } },
      ),
    ).start('unattended');
    run.drive();
    expect(run.events.at(-1)).toMatchObject({ type: 'ApprovalRequested', onTimeout: 'deny' });
  });
});
