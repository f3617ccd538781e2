// Tests how the time of a run is told apart: work, people, approvals, waits and pauses.
import { expect, it } from 'vitest';
import { address } from '../../../../src/basics/address.ts';
import {
  courseOfRun,
  timeSpent,
  waitOf,
  workOf,
} from '../../../../src/surfaces/reports/course/course-of-run.ts';
import { block, planOf } from '../../../run/sample-plan.ts';
import { ada, emptyResult } from '../../../run/scenario.ts';
import { rolledBack, started, storyOf } from '../story.ts';

const seconds = (spans: ReturnType<typeof courseOfRun>) =>
  spans.map(({ kind, address: of, fromMs, toMs }) => [kind, of ?? '', fromMs / 1000, toMs / 1000]);

it('tells work, people, approvals, waits and pauses apart, without gaps', () => {
  const spans = courseOfRun(rolledBack.history);
  expect(seconds(spans)).toEqual([
    ['waiting', 'ready', 0, 4],
    ['work', 'ready', 4, 6],
    ['people', 'tell', 6, 30],
    ['waiting', 'drain', 30, 31],
    ['approval', 'drain', 31, 91],
    ['waiting', 'drain', 91, 95],
    ['work', 'drain', 95, 135],
    ['waiting', '', 135, 136],
    ['paused', '', 136, 436],
    ['waiting', 'restart', 436, 440],
    ['work', 'restart', 440, 445],
    ['waiting', 'restart', 445, 460],
    ['work', 'undo-drain', 460, 462],
  ]);
  const spent = timeSpent(spans);
  expect(spent).toEqual({ work: 49_000, people: 24_000, approval: 60_000, waiting: 29_000, paused: 300_000 });
  expect([workOf(spent), waitOf(spent)]).toEqual([73_000, 389_000]);
  expect(timeSpent(spans, ({ address: of }) => of === 'drain')).toEqual({
    ...{ work: 40_000, people: 0, approval: 60_000, waiting: 5_000, paused: 0 },
  });
});

it('counts what passes while a tool is dead as nobody’s, and a clock that goes back as nothing', () => {
  const a = address('a');
  const { history } = storyOf(planOf([block('a', 'steps')]), [
    [0, started()],
    [1, { type: 'BlockStarted', address: a, attempt: 1 }],
    [100, { type: 'RunResumed', by: ada, mode: 'guided', runbookDigest: 'd1' }],
    [90, { type: 'BlockFoundInDoubt', address: a, attempt: 1 }],
    [95, { type: 'ShellOpened', by: ada }],
    [105, { type: 'ShellClosed', durationMs: 10_000 }],
    [106, { type: 'BlockStarted', address: a, attempt: 2 }],
    [109, { type: 'BlockPassed', address: a, attempt: 2, result: emptyResult }],
  ]);
  expect(seconds(courseOfRun(history))).toEqual([
    ['waiting', 'a', 0, 1],
    ['paused', '', 1, 100],
    ['waiting', '', 100, 105],
    ['people', '', 105, 115],
    ['waiting', 'a', 115, 116],
    ['work', 'a', 116, 119],
  ]);
});
