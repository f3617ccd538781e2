// Tests that what is counted of a run is steps.
import { expect, it } from 'vitest';
import { countSteps, stepsOf } from '../../../src/view/steps/count-steps.ts';
import { rolledBack } from '../../surfaces/reports/story.ts';

it('counts steps, however many parts they have, and tells where each stands', () => {
  expect(countSteps(rolledBack.state)).toEqual({
    all: 5,
    done: 3,
    failed: 1,
    skipped: 0,
    inDoubt: 0,
    open: 1,
  });
  const brief = (part: 'run' | 'undo') =>
    stepsOf(rolledBack.state, part).map(({ title, status, at }) => [title, status, at ?? '']);
  expect(brief('run')).toEqual([
    ['Preconditions', 'done', ''],
    ['Tell | people', 'done', ''],
    ['Drain', 'done', ''],
    ['Restart', 'failed', 'restart'],
    ['Check', 'open', 'check'],
  ]);
  expect(brief('undo')).toEqual([['Drain', 'done', '']]);
});
