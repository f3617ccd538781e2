import { expect, test } from 'vitest';
import { address, stepName } from '../../../src/basics/address.ts';
import type { RunEvent } from '../../../src/run/event.ts';
import { evolve, initialState } from '../../../src/run/evolve.ts';
import type { BlockItem } from '../../../src/run/plan.ts';
import { emptyResult, hostTargets } from '../../../src/run/targets/host-targets.ts';
import { block, planOf } from '../sample-plan.ts';

const at = '2026-01-01T00:00:00.000Z';
const roll = address('roll');
const ada = { user: 'ada', host: 'bastion' };
const resumed: RunEvent = { type: 'RunResumed', by: ada, mode: 'unattended', runbookDigest: 'x' };
const asked = (hosts: Record<string, boolean>): RunEvent => ({
  type: 'ConditionChecked',
  address: roll,
  condition: 'check',
  holds: Object.values(hosts).every(Boolean),
  hosts,
});

test('a host on which a block had started is undone, also where its check says afterwards that it is done', () => {
  const item: BlockItem = { ...block('roll', 'steps'), hosts: ['a', 'b', 'c'], check: 'test -e done' };
  const undo: BlockItem = {
    ...block('undo', 'rollback', { undoes: stepName('roll') }),
    hosts: ['a', 'b', 'c'],
  };
  const events: readonly RunEvent[] = [
    asked({ a: false, b: false, c: true }),
    { type: 'BlockStarted', address: roll, attempt: 1 },
    { type: 'HostStarted', address: roll, attempt: 1, host: 'a' },
    // The run is killed, and taken up twice: what `a` was asked is asked again.
    resumed,
    asked({ a: true, b: false, c: true }),
    { type: 'DoubtResolved', address: roll, as: 'run-again', by: ada },
    resumed,
    asked({ a: true, b: false, c: true }),
    { type: 'BlockStarted', address: roll, attempt: 2 },
    { type: 'HostStarted', address: roll, attempt: 2, host: 'b' },
    { type: 'HostEnded', address: roll, result: { ...emptyResult('b', 'passed'), attempt: 2 } },
  ];
  const state = events.reduce(
    (before, event, index) => evolve(before, { seq: index + 1, at, event }),
    initialState(planOf([item, undo])),
  );
  expect(state.items[0]?.onHosts).toEqual({
    a: { ...emptyResult('a', 'already-done'), attempt: 1 },
    b: { ...emptyResult('b', 'passed'), attempt: 2 },
    c: emptyResult('c', 'already-done'),
  });
  const [, ofUndo] = state.items;
  expect(ofUndo && hostTargets(state, undo, ofUndo)).toEqual({
    all: ['a', 'b', 'c'],
    left: ['a', 'b'],
    settled: [emptyResult('c', 'not-needed')],
  });
});
