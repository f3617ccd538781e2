import { expect, test } from 'vitest';
import { choicesAt, manualChoices, releaseChoices } from '../../src/surfaces/choice.ts';
import { block } from '../run/sample-plan.ts';

test('in a rollback nothing is rolled back, and no other step is gone to', () => {
  const keysAt = (choices: typeof releaseChoices, phase: 'steps' | 'rollback') =>
    choicesAt(choices, block('a', phase))
      .map(({ key }) => key)
      .join('');
  expect(keysAt(releaseChoices, 'steps')).toBe('rsednag!bpq?');
  expect(keysAt(releaseChoices, 'rollback')).toBe('rsedna!pq?');
  expect(keysAt(manualChoices, 'steps')).toBe('dwsng!bpq?');
  expect(keysAt(manualChoices, 'rollback')).toBe('dwsn!pq?');
});
