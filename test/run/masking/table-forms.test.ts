import { expect, test } from 'vitest';
import { createRedactor } from '../../../src/run/masking/redactor.ts';
import { tableForms } from '../../../src/run/masking/table-forms.ts';

test('a secret that tables show as it is has no other forms', () => {
  expect(tableForms('plain "漢" | secret')).toEqual([]);
});

test('control characters are shown in the ways of the clients, and tabs reach the next column of eight', () => {
  const filled = [6, 5, 4, 3, 2, 1, 8, 7].map((blanks) => `ab${' '.repeat(blanks)}cdefg`);
  expect(tableForms('ab\tcdefg\u001b')).toEqual([
    ...filled,
    '',
    ...filled.map((form) => `${form}\\x1B`),
    ...filled.map((form) => `${form}^[`),
  ]);
});

test('a short line of a secret that has long ones is no secret by itself', () => {
  const redactor = createRedactor(['-----BEGIN KEY-----\nabcdefghijkl\nend']);
  expect(redactor.redactText('the end of abcdefghijkl')).toBe('the end of ***');
});
