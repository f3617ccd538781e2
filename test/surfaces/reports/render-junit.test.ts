import { expect, it } from 'vitest';
import { renderJunit } from '../../../src/surfaces/reports/render-junit.ts';
import { block, planOf } from '../../run/sample-plan.ts';
import { Scenario } from '../../run/scenario.ts';

it('reports a suite a phase and a case an item, with what failed and what nobody came to', () => {
  const plan = planOf(
    [block('ready', 'preconditions'), block('a<b', 'steps'), block('later', 'validation')],
    { title: 'A & B' },
  );
  const run = new Scenario(plan, { exits: { 'a<b': [3] } }).start('unattended');
  run.drive();
  expect(renderJunit(run.state)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="A &amp; B" tests="3" failures="1" skipped="1">
  <testsuite name="preconditions" tests="1">
    <testcase name="ready" classname="ready" time="0.001"/>
  </testsuite>
  <testsuite name="steps" tests="1">
    <testcase name="a&lt;b" classname="a&lt;b" time="0.001"><failure message="exit 3"/></testcase>
  </testsuite>
  <testsuite name="validation" tests="1">
    <testcase name="later" classname="later" time="0.000"><skipped message="the run did not come to it"/></testcase>
  </testsuite>
</testsuites>
`);
});
