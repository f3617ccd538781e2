import { expect, test } from 'vitest';
import { missingSectionsWords } from '../../../src/view/words/phase-words.ts';

test('what a runbook does not have is said in one friendly line', () => {
  expect(missingSectionsWords([])).toBe('');
  expect(missingSectionsWords(['rollback'])).toBe(
    'This runbook has no rollback section: a failure cannot be undone from here.',
  );
  expect(missingSectionsWords(['preconditions', 'validation'])).toBe(
    'This runbook has no preconditions and no validation section: nothing is checked before the first change and nothing is checked at the end.',
  );
  expect(missingSectionsWords(['preconditions', 'steps', 'validation', 'rollback'])).toBe(
    'This runbook is a walkthrough: it has no sections of its own, and each part is a step.',
  );
});
