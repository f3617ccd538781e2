import { describe, expect, it } from 'vitest';
import { address } from '../../../src/basics/address.ts';
import type { PlanItem } from '../../../src/run/plan.ts';
import { block, planOf } from '../sample-plan.ts';
import { ada, emptyResult, grace, Scenario } from '../scenario.ts';

const approve = { type: 'count', count: 1 } as const;

function approved(items: readonly PlanItem[], mode: 'guided' | 'unattended' = 'guided'): Scenario {
  const run = new Scenario(planOf(items)).start(mode);
  run.drive();
  return run;
}

/** Why approvals were void, in the order in which it was found. */
const voided = (run: Scenario): unknown[] =>
  run.events.flatMap((event) =>
    event.type === 'ApprovalChecked' && event.changed.length > 0 ? [event.changed] : [],
  );

describe('what is approved', () => {
  it('says exactly what will run', () => {
    const run = approved([block('drop', 'steps', { approve, hosts: ['web1', 'web2'] })]);
    expect(run.events.at(-1)).toEqual({
      type: 'ApprovalRequested',
      address: 'drop',
      gate: '1',
      people: [],
      needed: 1,
      by: ada,
      onTimeout: 'deny',
      of: {
        code: 'echo drop\n',
        hosts: ['web1', 'web2'],
        values: {},
        how: expect.stringMatching(/^[0-9a-f]{12}$/),
        pages: { 'sample.md': 'as it was' },
        shells: 0,
      },
    });
  });

  it('is void when its command is edited, before and after the answer', () => {
    const run = approved([block('drop', 'steps', { approve })]);
    const edit = (code: string) => run.send({ type: 'EditCommand', address: address('drop'), code, by: ada });
    edit('echo other\n');
    run.drive();
    expect(run.answer('GiveApproval', 'drop', grace)).toBe('taken');
    expect(run.drive()).toMatchObject({ type: 'ask', question: { type: 'release' } });
    edit('echo third\n');
    expect(run.drive()).toMatchObject({ type: 'await-approval' });
    run.send({ type: 'RunBlock', address: address('drop'), by: ada });
    expect(run.drive()).toMatchObject({ type: 'await-approval' });
    run.answer('GiveApproval', 'drop', grace);
    run.drive();
    expect(voided(run)).toEqual([['its code has changed'], ['its code has changed']]);
    expect(run.state.outcome).toBe('succeeded');
  });

  it('is void when a page is edited before it runs, and asked for with the page as it is now', () => {
    const run = approved([block('drop', 'steps', { approve })], 'unattended');
    run.edit({ 'sample.md': 'edited', 'linked.md': 'new' });
    run.answer('GiveApproval', 'drop', grace);
    expect(run.drive()).toMatchObject({ type: 'await-approval' });
    expect(voided(run)).toEqual([['the page `sample.md` has changed', 'the page `linked.md` has changed']]);
    run.answer('GiveApproval', 'drop', grace);
    run.drive();
    expect(run.trail().slice(-4)).toEqual([
      'ApprovalChecked drop',
      'BlockStarted drop',
      'BlockPassed drop',
      'RunEnded succeeded',
    ]);
  });

  it('is void when other hosts, another value or a shell came in between', () => {
    const run = approved([
      block('look', 'diagnosis', { captures: [{ name: 'TARGET' }] }),
      block('drop', 'steps', { approve, hostsFrom: 'hosts', code: 'echo $TARGET\n' }),
    ]);
    run.send({ type: 'RunBlock', address: address('look'), by: ada });
    run.drive();
    run.record({ type: 'HostsResolved', address: address('drop'), hosts: ['web1'] });
    run.drive();
    run.answer('GiveApproval', 'drop', grace);
    run.record(
      { type: 'HostsResolved', address: address('drop'), hosts: ['web1', 'web9'] },
      { type: 'ShellOpened', by: ada },
      { type: 'ShellClosed', durationMs: 1 },
      {
        type: 'BlockPassed',
        address: address('look'),
        attempt: 2,
        result: { ...emptyResult, captured: { TARGET: 'other', UNUSED: 'x' } as never },
      },
    );
    run.drive();
    expect(voided(run)).toEqual([
      [
        'its hosts are now web1, web9',
        'the value of `TARGET` has changed',
        'the operator was in a shell of the run',
      ],
    ]);
  });

  it('is compared once more when the run is taken up', () => {
    const run = approved([block('drop', 'steps', { approve })], 'unattended');
    run.answer('GiveApproval', 'drop', grace);
    run.record({ type: 'RunPaused', reason: 'operator', message: '' });
    run.edit({ 'sample.md': 'edited' });
    run.record({ type: 'RunResumed', by: ada, mode: 'unattended', runbookDigest: 'e' });
    expect(run.drive()).toMatchObject({ type: 'await-approval' });
    expect(voided(run)).toEqual([['the page `sample.md` has changed']]);
  });

  it('holds for manual steps and checklists', () => {
    const manual: PlanItem = { ...block('call', 'steps', { approve }), kind: 'manual', text: 'call them' };
    const run = approved([manual]);
    expect(run.drive()).toMatchObject({ type: 'await-approval' });
    run.answer('GiveApproval', 'call', grace);
    expect(run.drive()).toMatchObject({ type: 'ask', question: { type: 'manual' } });
  });
});

describe('the approval of a link', () => {
  const link: PlanItem = {
    ...block('link', 'steps', { approve }),
    kind: 'runbook',
    target: 'x.md',
    inputs: {},
  };
  const inside = (name: string): PlanItem => ({
    ...block(`link/${name}`, 'steps'),
    within: address('link'),
    section: 'steps',
  });

  it('is of all that it brings, also once it has begun', () => {
    const run = approved([link, inside('a'), inside('b')]);
    run.answer('GiveApproval', 'link', grace);
    run.drive();
    run.send({ type: 'RunBlock', address: address('link'), by: ada });
    run.drive();
    run.send({ type: 'RunBlock', address: address('link/a'), by: ada });
    run.drive();
    run.send({ type: 'EditCommand', address: address('link/b'), code: 'echo other\n', by: ada });
    expect(run.drive()).toMatchObject({ type: 'await-approval', item: { address: 'link' } });
    expect(voided(run)).toEqual([['`link/b` has changed']]);
    run.answer('GiveApproval', 'link', grace);
    run.drive();
    run.send({ type: 'RunBlock', address: address('link/b'), by: ada });
    run.drive();
    expect(run.state.outcome).toBe('succeeded');
  });

  it('ends the link where it is denied half-way', () => {
    const run = approved([link, inside('a')]);
    run.answer('GiveApproval', 'link', grace);
    run.drive();
    run.send({ type: 'RunBlock', address: address('link'), by: ada });
    run.drive();
    run.send({ type: 'EditCommand', address: address('link/a'), code: 'echo other\n', by: ada });
    run.drive();
    run.answer('DenyApproval', 'link', grace);
    expect(run.drive()).toMatchObject({ type: 'ask', question: { type: 'failure', address: 'link' } });
    run.send({ type: 'DecideFailure', address: address('link'), decision: 'stop', by: ada });
    run.drive();
    expect(run.trail().filter((line) => line.startsWith('BlockStarted'))).toEqual(['BlockStarted link']);
    expect(run.state.outcome).toBe('failed');
  });
});
