import { describe, expect, it } from 'vitest';
import { address } from '../../../src/basics/address.ts';
import type { ApprovalState } from '../../../src/run/state.ts';
import { approvalWords, openGateWords } from '../../../src/view/words/approval-words.ts';
import { block, planOf } from '../../run/sample-plan.ts';
import { ada, grace, Scenario } from '../../run/scenario.ts';

function waiting(more: Partial<ApprovalState> = {}) {
  const run = new Scenario(planOf([block('drop', 'steps', { approve: { type: 'count', count: 2 } })]));
  run.start('guided').record({
    type: 'ApprovalRequested',
    address: address('drop'),
    gate: 'dba',
    people: ['grace', 'lin'],
    needed: 2,
    by: ada,
    onTimeout: 'deny',
    expiresAt: '2026-01-01T00:05:00.000Z',
    ...more,
  });
  return run;
}

describe('an open gate', () => {
  it('says whom it waits for, who has agreed, and how long is left until what', () => {
    const run = waiting();
    const known = () => run.state.items[0] ?? expect.fail();
    expect(approvalWords(known())).toBe('waits for 2 approvals from grace and lin');
    expect(approvalWords(known(), Date.parse('2026-01-01T00:03:29.100Z'))).toBe(
      'waits for 2 approvals from grace and lin; 1 min 31 s left, then denied',
    );
    run.record({ type: 'ApprovalGiven', address: address('drop'), by: grace });
    expect(approvalWords(known(), Date.parse('2026-01-01T00:09:00.000Z'))).toBe(
      'waits for 2 approvals from grace and lin, grace@laptop agreed; no time left, then denied',
    );
    expect(openGateWords(run.state)).toBe(
      '`drop` waits for 2 approvals from grace and lin, grace@laptop agreed; until 00:05:00, then denied',
    );
    run.record({ type: 'ApprovalGiven', address: address('drop'), by: { user: 'lin', host: 'h' } });
    expect([approvalWords(known(), 0), openGateWords(run.state)]).toEqual(['', undefined]);
  });

  it('is none where nothing waits', () => {
    expect(openGateWords(new Scenario(planOf([block('one', 'steps')])).start('guided').state)).toBe(
      undefined,
    );
  });
});

it('asks one of several people where one approval is enough', () => {
  const one = waiting({ needed: 1, people: ['ada', 'grace', 'lin'] }).state.items[0] ?? expect.fail();
  expect(approvalWords(one)).toBe('waits for 1 approval from ada, grace or lin');
});
