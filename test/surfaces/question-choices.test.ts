import { expect, test } from 'vitest';
import { choicesAt, questionChoices } from '../../src/surfaces/question-choices.ts';
import { block } from '../run/sample-plan.ts';

test('a precondition is not skipped, but where it is doubtful whether it belongs to the run', () => {
  const keysAt = (choices: typeof questionChoices.release, phase: 'preconditions' | 'steps') =>
    choicesAt(choices, block('a', phase))
      .map(({ key }) => key)
      .join('');
  expect(keysAt(questionChoices.release, 'preconditions')).toBe('rednag!bpq?');
  expect(keysAt(questionChoices.manual, 'preconditions')).toBe('dwng!bpq?');
  expect(keysAt(questionChoices.checklist, 'preconditions')).toBe('tn!pq?');
  expect(keysAt(questionChoices.checklist, 'steps')).toBe('tsn!pq?');
  expect(keysAt(questionChoices.doubtful, 'preconditions')).toBe('rsedng!pq');
});

test('in a rollback nothing is rolled back, and no other step is gone to', () => {
  const keysAt = (choices: typeof questionChoices.release, phase: 'steps' | 'rollback') =>
    choicesAt(choices, block('a', phase))
      .map(({ key }) => key)
      .join('');
  expect(keysAt(questionChoices.release, 'steps')).toBe('rsednag!bpq?');
  expect(keysAt(questionChoices.release, 'rollback')).toBe('rsedna!pq?');
  expect(keysAt(questionChoices.manual, 'steps')).toBe('dwsng!bpq?');
  expect(keysAt(questionChoices.manual, 'rollback')).toBe('dwsn!pq?');
});

test('what is no block has no command to edit', () => {
  const { kind: _kind, ...person } = block('a', 'steps');
  const keys = choicesAt(questionChoices.doubtful, { ...person, kind: 'manual', text: 'do it' });
  expect(keys.map(({ key }) => key).join('')).toBe('rsdng!pq');
});
