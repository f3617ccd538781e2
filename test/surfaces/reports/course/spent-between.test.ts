// Tests how long parts of a run took where its clock was set meanwhile.
import { expect, it } from 'vitest';
import { address } from '../../../../src/basics/address.ts';
import type { RecordedEvent, RunEvent } from '../../../../src/run/event.ts';
import { spentBetween, spentUntilEnd } from '../../../../src/surfaces/reports/course/spent-between.ts';
import { block, planOf } from '../../../run/sample-plan.ts';
import { ada, emptyResult } from '../../../run/scenario.ts';
import { started, storyOf } from '../story.ts';

const a = address('a');
const begun: RunEvent = { type: 'BlockStarted', address: a, attempt: 1 };
const passed = (durationMs: number): RunEvent => ({
  type: 'BlockPassed',
  address: a,
  attempt: 1,
  result: { ...emptyResult, durationMs },
});

const at = (second: number, event: RunEvent): RecordedEvent => ({
  seq: 1,
  at: new Date(second * 1000).toISOString(),
  event,
});

it.each<readonly [string, RunEvent, RunEvent, number, number]>([
  ['by the clock', begun, passed(59_900), 60, 60_000],
  [
    'where it was set forward, which nobody can tell from a machine that slept',
    begun,
    passed(5_000),
    60,
    60_000,
  ],
  ['where it was set back by more than it took', begun, passed(60_000), -3540, 60_000],
  ['where it was set back by less', begun, passed(60_000), 50, 60_000],
  ['where it is adjusted little by little', begun, passed(60_500), 60, 60_000],
  [
    'of one among several at a time',
    { type: 'BlockStarted', address: address('b'), attempt: 1 },
    passed(60_000),
    0,
    0,
  ],
  ['of one that began earlier', passed(1), passed(60_000), 5, 5_000],
  ['of a shell', { type: 'ShellOpened', by: ada }, { type: 'ShellClosed', durationMs: 9_000 }, -1, 9_000],
  ['of what nobody measures', passed(1), { type: 'GateOpened' }, -3600, 0],
])('takes the time %s', (_, before, next, seconds, expected) => {
  expect(spentBetween(at(10_000, before), at(10_000 + seconds, next))).toBe(expected);
});

it('adds up the time of a run', () => {
  const { history } = storyOf(planOf([block('a', 'steps')]), [
    [7200, started()],
    [7201, begun],
    [3661, passed(60_000)],
    [3662, { type: 'RunPaused', reason: 'failure', message: '' }],
  ]);
  expect(spentUntilEnd(history)).toBe(undefined);
  const end: RunEvent = { type: 'RunEnded', outcome: 'succeeded', message: '', left: [] };
  const whole = [
    ...history,
    { ...at(0, end), at: history.at(-1)?.at ?? '' },
    at(9_999_999, { type: 'GateOpened' }),
  ];
  expect(spentUntilEnd(whole)).toBe(62_000);
});
