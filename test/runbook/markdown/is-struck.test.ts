import { expect, test } from 'vitest';
import { isStruck } from '../../../src/runbook/markdown/is-struck.ts';

test('all of it is struck out, but for its number', () => {
  const written = ['~~Old way~~', '2. ~Old way~', '<del>Old way</del>:', 'New ~~old~~ way', '~~a', ''];
  expect(written.map(isStruck)).toEqual([true, true, true, false, false, false]);
});
