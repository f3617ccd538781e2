import { expect, test } from 'vitest';
import { factsLine } from '../../src/surfaces/tui/pages/facts-line.ts';
import { updateDue } from '../../src/surfaces/update-due.ts';
import { makePalette } from '../../src/view/layout/palette.ts';
import { block, planOf } from '../run/sample-plan.ts';
import { Scenario } from '../run/scenario.ts';

const plan = {
  ...planOf([block('one', 'steps')]),
  updates: { to: ['ops'], every: '30m', everyMs: 1_800_000 },
};
const { state } = new Scenario(plan).start('guided');
const startedMs = Date.parse(state.startedAt ?? '');
const minute = 60_000;

test.each([
  [0, undefined],
  [24 * minute, undefined],
  [25 * minute, 'update due in 5 min'],
  [29.5 * minute, 'update due in 1 min'],
  [30 * minute, 'update due now'],
  [33.5 * minute, 'update overdue for 3 min'],
])('after %d ms of thirty minutes a reminder says %j', (afterMs, words) => {
  expect(updateDue(state, startedMs + afterMs)).toBe(words);
});

test.each([
  [60, 'update overdue for 3 min (u) · ada@bastion · 33:00 · r1'],
  [44, 'update overdue for 3 min (u) · 33:00 · r1'],
  [30, 'update overdue for 3 min (u)'],
])('the screen of %d columns says it first', (width, words) => {
  const line = factsLine({ ...state, run: 'r1' as never }, 33 * minute, width, makePalette(0).symbols);
  expect(line.map(({ text }) => text).join('')).toBe(words);
});
