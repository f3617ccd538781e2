// Tests that what is counted of a run is steps.
import { expect, it } from 'vitest';
import { initialState } from '../../../src/run/evolve.ts';
import {
  countSteps,
  stepCountWords,
  stepNumber,
  stepsBehind,
  stepsOf,
} from '../../../src/view/steps/count-steps.ts';
import { block, planOf } from '../../run/sample-plan.ts';
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
  expect(stepCountWords(rolledBack.state)).toBe('3 of 5 steps done and 1 failed');
  // Nobody has come to the last one.
  expect(stepsBehind(rolledBack.state)).toBe(3);
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

it('steps are counted once each, undos and troubleshooting not at all', () => {
  const items = [
    block('a', 'steps'),
    block('a/2', 'steps', { step: block('a', 'steps').step }),
    block('x', 'diagnosis', { onDemand: true }),
    block('b', 'steps'),
    block('u', 'rollback'),
  ];
  const state = initialState(planOf(items));
  expect(items.map((item) => stepNumber(state, item))).toEqual([
    { number: 1, of: 2 },
    { number: 1, of: 2 },
    { number: 0, of: 2 },
    { number: 2, of: 2 },
    { number: 0, of: 2 },
  ]);
});
