import { expect, test } from 'vitest';
import type { CodePlace } from '../../src/run/failed-command.ts';
import { choicesAt, failureChoicesOf, questionChoices } from '../../src/surfaces/question-choices.ts';
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

test('where the rest of a failed block begins takes no room from what the choices do', () => {
  const rest = (at: CodePlace) =>
    failureChoicesOf(['run-rest'], { editable: false, output: false, rest: at, isOfItem: false })
      .filter(({ value }) => value === 'again-from')
      .map(({ label, does }) => [label, does]);
  expect(rest({ line: 9, blockLine: 2 })).toEqual([
    ['run from line 9', 'the command that failed, and everything after it'],
  ]);
  expect(rest({ blockLine: 2 })).toEqual([
    ['run from the line', 'line 2 of the edited command, and everything after it'],
  ]);
  expect(rest({ line: 9, file: 'drain.md', blockLine: 2 })).toEqual([
    ['run from the line', 'line 9 of `drain.md`, and everything after it'],
  ]);
});
