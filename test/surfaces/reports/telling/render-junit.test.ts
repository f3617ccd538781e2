import { expect, it } from 'vitest';
import type { FailureReason, HostResult } from '../../../../src/run/event.ts';
import { initialState } from '../../../../src/run/evolve.ts';
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

it('says of each host and item of a block what became of it', () => {
  const roll = { ...block('roll', 'steps'), each: { name: 'N', items: ['a', '<b>', 'c'] } };
  const fresh = initialState(planOf([roll]));
  const failure: FailureReason = { type: 'exit', code: 3 };
  const hosts: readonly HostResult[] = [
    { ...noneRun('a', 'passed', 'N'), exitCode: 0 },
    { ...noneRun('<b>', 'failed', 'N'), exitCode: 3, failure },
    noneRun('c', 'already-done', 'N'),
  ];
  const result = { ...emptyResult, hosts };
  const items = fresh.items.map((known) => ({ ...known, status: 'passed' as const, result }));
  expect(renderJunit({ state: { ...fresh, items }, history: [], read: () => undefined })).toContain(
    '<system-out>a: passed\n&lt;b&gt;: failed, exit 3\nc: already done</system-out></testcase>',
  );
});
