import { describe, expect, it } from 'vitest';
import type { FailureReason, HostResult } from '../../../../src/run/event.ts';
import { initialState } from '../../../../src/run/evolve.ts';
import { ownText } from '../../../../src/run/masking/redactor.ts';
import type { BlockItem } from '../../../../src/run/plan.ts';
import type { ItemState } from '../../../../src/run/state.ts';
import { emptyResult as noneRun } from '../../../../src/run/targets/host-targets.ts';
import { renderJunit } from '../../../../src/surfaces/reports/telling/render-junit.ts';
import { block, planOf } from '../../../run/sample-plan.ts';
import { emptyResult, Scenario } from '../../../run/scenario.ts';

it('reports a suite a phase and a case an item, with what failed and what nobody came to', () => {
  const plan = planOf(
    [block('ready', 'preconditions'), block('a<b', 'steps'), block('later', 'validation')],
    { title: 'A & B' },
  );
  const run = new Scenario(plan, { exits: { 'a<b': [3] } }).start('unattended');
  run.drive();
  const [first] = run.events;
  const history = first === undefined ? [] : [{ seq: 1, at: '2026-01-01T00:00:00.000Z', event: first }];
  const counts = (tests: number, failures: number, skipped: number, time: string) =>
    `tests="${tests}" failures="${failures}" errors="0" skipped="${skipped}" time="${time}" timestamp="2026-01-01T00:00:00.000Z"`;
  expect(
    renderJunit({ state: run.state, history, read: () => undefined }),
  ).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="A &amp; B" ${counts(3, 1, 1, '0.002')}>
  <testsuite name="preconditions" ${counts(1, 0, 0, '0.001')}>
    <testcase name="ready" classname="ready" time="0.001"/>
  </testsuite>
  <testsuite name="steps" ${counts(1, 1, 0, '0.001')}>
    <testcase name="a&lt;b" classname="a&lt;b" time="0.001"><failure message="exit 3">$ echo a&lt;b
It printed nothing.</failure></testcase>
  </testsuite>
  <testsuite name="validation" ${counts(1, 0, 1, '0.000')}>
    <testcase name="later" classname="later" time="0.000"><skipped message="the run did not come to it"/></testcase>
  </testsuite>
</testsuites>
`);
});

describe('a block with a list or hosts', () => {
  const failure: FailureReason = { type: 'exit', code: 3 };
  const results: readonly HostResult[] = [
    { ...noneRun('a', 'passed', 'N'), exitCode: 0, durationMs: 1500 },
    { ...noneRun('<b>', 'failed', 'N'), exitCode: 3, failure },
    noneRun('c', 'already-done', 'N'),
  ];
  const casesOf = (known: Partial<ItemState>, more: Partial<BlockItem> = {}): readonly string[] => {
    const each = { name: 'N', items: ['a', '<b>', 'c'] };
    const roll = { ...block('roll', 'steps'), ...('hosts' in more ? {} : { each }), ...more };
    const fresh = initialState(planOf([roll]));
    const items = fresh.items.map((item) => ({ ...item, ...known }));
    return renderJunit({ state: { ...fresh, items }, history: [], read: () => undefined })
      .split('\n    ')
      .flatMap((line) => (line.startsWith('<testcase') ? [line.split('\n')[0] ?? ''] : []));
  };

  it('has a case for each of its items', () => {
    const result = { ...emptyResult, hosts: results };
    expect(casesOf({ status: 'failed', result, reason: { type: 'interrupted' } })).toEqual([
      '<testcase name="roll [a]" classname="roll" time="1.500"/>',
      '<testcase name="roll [&lt;b&gt;]" classname="roll" time="0.000"><failure message="exit 3">$ echo roll',
      '<testcase name="roll [c]" classname="roll" time="0.000"/>',
    ]);
  });

  it('fails no case where enough have passed, and says what failed', () => {
    expect(casesOf({ status: 'passed', result: { ...emptyResult, hosts: results } })[1]).toBe(
      '<testcase name="roll [&lt;b&gt;]" classname="roll" time="0.000"><skipped message="failed, and enough passed: exit 3"/></testcase>',
    );
  });

  it('has one for each of several hosts, also of those that nobody came to, and none for one alone', () => {
    expect(casesOf({ status: 'pending' }, { hosts: ['w1', 'w2'] })).toEqual([
      '<testcase name="roll [w1]" classname="roll" time="0.000"><skipped message="the run did not come to it"/></testcase>',
      '<testcase name="roll [w2]" classname="roll" time="0.000"><skipped message="the run did not come to it"/></testcase>',
    ]);
    expect(casesOf({ status: 'passed' }, { hosts: ['w1'] })).toEqual([
      '<testcase name="roll" classname="roll" time="0.000"/>',
    ]);
  });

  it('has one of its own where it failed as a whole', () => {
    const reason: FailureReason = { type: 'condition', condition: 'when', message: ownText('`when` broke') };
    expect(casesOf({ status: 'failed', result: emptyResult, reason }).at(-1)).toContain(
      '<testcase name="roll" classname="roll" time="0.001"><failure message="its `when` failed: `when` broke">',
    );
  });
});
