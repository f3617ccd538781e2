import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { address, stepName } from '../../../src/basics/address.ts';
import type { PlanItem } from '../../../src/run/plan.ts';
import { plans } from '../generated-plans.ts';
import { block, planOf } from '../sample-plan.ts';
import { ada, grace, Scenario } from '../scenario.ts';

const digest = expect.stringMatching(/^[0-9a-f]{12}$/);

const looks = block('look', 'diagnosis', { risk: 'read' });
const stops = block('stop', 'steps', { risk: 'change' });
const deletes = block('delete', 'steps', { risk: 'change' });
const starts = block('stop-undo', 'rollback', { risk: 'change', undoes: stepName('stop') });

const held = (items: readonly PlanItem[], more: Parameters<Scenario['start']>[1] = {}): Scenario =>
  new Scenario(planOf(items)).start('unattended', { may: 'read', ...more });

describe('a run that may only look by itself', () => {
  it('looks, and asks for all the rest before the first change', () => {
    const run = held([looks, stops, deletes, starts]);
    expect(run.drive()).toMatchObject({ type: 'await-approval', item: { address: 'stop' } });
    expect(run.events.at(-1)).toEqual({
      type: 'ApprovalRequested',
      address: 'stop',
      gate: '1',
      people: [],
      needed: 1,
      by: ada,
      onTimeout: 'deny',
      rest: true,
      of: {
        code: 'echo stop\n',
        values: {},
        how: digest,
        brings: { stop: digest, delete: digest, 'stop-undo': digest },
        pages: { 'sample.md': 'as it was' },
        shells: 0,
      },
    });
  });

  it('is not asked again once somebody has approved of the rest', () => {
    const run = held([looks, stops, deletes]);
    run.drive();
    expect(run.answer('GiveApproval', 'stop', ada)).toBe('own-step');
    expect(run.answer('GiveApproval', 'stop', grace)).toBe('taken');
    run.drive();
    expect(run.trail(run.events.findIndex(({ type }) => type === 'ApprovalGiven'))).toEqual([
      'ApprovalGiven stop',
      'ApprovalChecked stop',
      'BlockStarted stop',
      'BlockPassed stop',
      'BlockStarted delete',
      'BlockPassed delete',
      'RunEnded succeeded',
    ]);
  });

  it('ends with nothing changed where that is denied', () => {
    const run = held([looks, stops, deletes]);
    run.drive();
    run.answer('DenyApproval', 'stop', grace);
    run.drive();
    expect(run.trail().filter((line) => line.startsWith('BlockStarted'))).toEqual(['BlockStarted look']);
    expect(run.state.outcome).toBe('failed');
  });

  it('asks again for what is edited after the approval', () => {
    const run = held([stops, deletes]);
    run.drive();
    run.answer('GiveApproval', 'stop', grace);
    run.send({ type: 'EditCommand', address: address('delete'), code: 'rm -rf /srv\n', by: ada });
    expect(run.drive()).toMatchObject({ type: 'await-approval', item: { address: 'stop' } });
    run.answer('GiveApproval', 'stop', grace);
    run.drive();
    expect(run.state.outcome).toBe('succeeded');
  });

  it('asks at the next change where a condition leaves out the first one', () => {
    const run = new Scenario(planOf([{ ...stops, when: 'false' }, deletes]), {
      holds: { 'stop.when': [false] },
    }).start('unattended', { may: 'read' });
    expect(run.drive()).toMatchObject({ type: 'await-approval', item: { address: 'delete' } });
  });

  it('asks before a condition that changes something is asked', () => {
    const run = held([{ ...looks, when: 'rm -f /run/lock' }]);
    expect(run.drive()).toMatchObject({ type: 'await-approval', item: { address: 'look' } });
  });

  it('leaves a step with a gate of its own to that gate, which covers nothing else', () => {
    const run = held([{ ...stops, approve: { type: 'group', group: 'grace' } }, deletes]);
    run.drive();
    run.answer('GiveApproval', 'stop', grace);
    expect(run.drive()).toMatchObject({ type: 'await-approval', item: { address: 'delete' } });
  });

  it('asks whom it is told to', () => {
    const run = held([stops], { asks: { type: 'count', count: 2 } });
    run.drive();
    run.answer('GiveApproval', 'stop', grace);
    expect(run.drive()).toMatchObject({ type: 'await-approval' });
    run.answer('GiveApproval', 'stop', { user: 'eve', host: 'desk' });
    run.drive();
    expect(run.state.outcome).toBe('succeeded');
  });

  it('is let through by no clock', () => {
    const group = { people: [], count: 1, timeoutMs: 1000, onTimeout: 'approve' } as const;
    const run = new Scenario(planOf([stops], { approvalGroups: { dba: group } })).start('unattended', {
      may: 'read',
      asks: { type: 'group', group: 'dba' },
    });
    run.drive();
    expect(run.events.at(-1)).toMatchObject({ type: 'ApprovalRequested', onTimeout: 'deny' });
  });

  it('is an ordinary guided run for who takes it up, and holds back again without them', () => {
    const run = held([stops, deletes]);
    run.drive();
    run.record({ type: 'RunPaused', reason: 'approval', message: '', at: address('stop') });
    run.record({ type: 'RunResumed', by: grace, mode: 'guided', runbookDigest: 'd' });
    expect(run.drive()).toMatchObject({ type: 'ask', question: { type: 'release', address: 'stop' } });
    run.send({ type: 'RunBlock', address: address('stop'), by: grace });
    run.drive();
    run.record({ type: 'RunPaused', reason: 'operator', message: '' });
    run.record({ type: 'RunResumed', by: grace, mode: 'unattended', runbookDigest: 'd' });
    expect(run.drive()).toMatchObject({ type: 'await-approval', item: { address: 'delete' } });
  });

  it('runs and asks nothing that may change something before an approval, whatever the page holds', () => {
    const changes = 'rm -f x';
    const asked = fc.constantFrom(undefined, 'true', changes);
    const shape = fc.record({
      risk: fc.constantFrom('read' as const, 'change' as const, 'destructive' as const),
      ...{
        when: asked,
        check: asked,
        hostsFrom: asked,
        from: asked,
        holds: fc.boolean(),
        fails: fc.boolean(),
      },
    });
    const shapes = fc.array(shape, { minLength: 20, maxLength: 20 });
    let changed = 0;
    fc.assert(
      fc.property(plans, shapes, fc.integer({ min: 1, max: 3 }), (plan, drawn, times) => {
        const of = (index: number) => drawn[index % drawn.length] as (typeof drawn)[number];
        const items = plan.items.map((item, index): PlanItem => {
          const { risk, when, check, hostsFrom, from } = of(index);
          const { approve: _gate, ...rest } = item;
          const conditions = { ...(when && { when }), ...(check && { check }) };
          if (rest.kind === 'runbook') return rest;
          if (rest.kind !== 'block')
            return { ...rest, asking: block(rest.address, rest.phase, { risk: 'read', ...conditions }) };
          return {
            ...{ ...rest, risk, ...conditions },
            ...(hostsFrom ? { hostsFrom } : from && { each: { name: 'one', from } }),
          };
        });
        const script = {
          holds: Object.fromEntries(
            items.flatMap(({ address: name }, index) =>
              ['when', 'check'].map((condition) => [
                `${name}.${condition}`,
                [drawn[index % 20]?.holds === true],
              ]),
            ),
          ),
          exits: Object.fromEntries(
            items.map(({ address: name }, index) => [name, [drawn[index % 20]?.fails ? 1 : 0]]),
          ),
        };
        const run = new Scenario({ ...plan, items }, script);
        run.start('unattended', { may: 'read', allowDestructive: true });
        for (let time = 0; time < times; time += 1) {
          for (let effect = run.drive(); effect.type === 'resolve-hosts'; effect = run.drive()) {
            // Its command is about to be asked.
            expect([effect.item.hostsFrom, effect.item.each?.from]).not.toContain(changes);
            run.record({ type: 'HostsResolved', address: effect.item.address, hosts: ['a'] });
          }
          if (run.state.lifecycle === 'ended') break;
          if (run.state.lifecycle === 'running')
            run.record({ type: 'RunPaused', reason: 'approval', message: '' });
          run.record({ type: 'RunResumed', by: grace, mode: 'unattended', runbookDigest: 'd' });
        }
        const byAddress = new Map(items.map((item) => [item.address, item]));
        for (const event of run.events) {
          if (event.type !== 'BlockStarted' && event.type !== 'ConditionChecked') continue;
          const item = byAddress.get(event.address);
          if (item?.kind === 'runbook') continue;
          if (event.type === 'BlockStarted')
            expect([event.address, item?.risk]).toEqual([event.address, 'read']);
          const conditions = item?.kind === 'block' ? item : item?.asking;
          const code =
            event.type === 'ConditionChecked' ? conditions?.[event.condition as 'when'] : undefined;
          expect([event.address, code === changes]).toEqual([event.address, false]);
        }
        if (run.events.some((event) => event.type === 'ApprovalRequested' && event.rest)) changed += 1;
      }),
    );
    // It has come to what is held back.
    expect(changed).toBeGreaterThan(10);
  });
});

describe('who answers on the page of a server', () => {
  const server = { user: 'runsheet', uid: 990, host: 'ops' };
  const via = { way: 'page', account: 'runsheet', uid: 990 } as const;
  const started = (servedBy: string | undefined, people: readonly string[] = ['ann']): Scenario => {
    const run = new Scenario(
      planOf([{ ...stops, approve: { type: 'group', group: 'dba' } }], {
        approvalGroups: { dba: { people, count: 1, onTimeout: 'deny' } },
      }),
    );
    const options = servedBy === undefined ? {} : { servedBy };
    run.start('unattended', options, { ...server, for: 'bob' });
    run.drive();
    return run;
  };

  it('is taken where the server has started the run', () => {
    const run = started('https://ops.example');
    expect(run.answer('GiveApproval', 'stop', { user: 'ann', host: 'ops', via })).toBe('taken');
  });

  it('is refused in a run that no server has started, and from another account', () => {
    const ann = { user: 'ann', host: 'ops', via };
    expect(started(undefined).answer('GiveApproval', 'stop', ann)).toBe('not-known');
    const other = { ...ann, via: { ...via, uid: 1000 } };
    expect(started('https://ops.example').answer('GiveApproval', 'stop', other)).toBe('not-known');
  });

  it('is bound by the rules of the gate', () => {
    const run = started('https://ops.example', ['ann', 'bob']);
    expect(run.answer('GiveApproval', 'stop', { user: 'mallory', host: 'ops', via })).toBe('not-an-approver');
    expect(run.answer('GiveApproval', 'stop', { user: 'bob', host: 'ops', via })).toBe('own-step');
  });
});
