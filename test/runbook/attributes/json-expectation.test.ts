import { describe, expect, test } from 'vitest';
import { parseJsonExpectation } from '../../../src/runbook/attributes/json-expectation.ts';

describe('JSON expectations', () => {
  test.each([
    ['.status == "ok"', { path: ['status'], comparison: { operator: '==', operand: 'ok', written: '"ok"' } }],
    ['status = ok', { path: ['status'], comparison: { operator: '=', operand: 'ok', written: 'ok' } }],
    [
      '$.items[0]["a = b"].n >= 3',
      { path: ['items', 0, 'a = b', 'n'], comparison: { operator: '>=', operand: 3, written: '3' } },
    ],
    [
      '.items.length != 0',
      { path: ['items', 'length'], comparison: { operator: '!=', operand: 0, written: '0' } },
    ],
    ['[1].x', { path: [1, 'x'] }],
    ['.', { path: [] }],
    [
      '$ == {"a": [1]}',
      { path: [], comparison: { operator: '==', operand: { a: [1] }, written: '{"a": [1]}' } },
    ],
    ['.["x"]==null', { path: ['x'], comparison: { operator: '==', operand: null, written: 'null' } }],
  ])('%s', (text, value) => {
    expect(parseJsonExpectation(text)).toEqual(value);
  });

  test.each([
    '',
    '  ',
    '.a..b',
    '.a[*]',
    '.a ok',
    '.a ==',
    '.a == "ok',
    '.a === 1',
    '.a =~ x',
    'a b == 1',
    '.items | length',
  ])('%j is none', (text) => {
    expect(parseJsonExpectation(text)).toBeUndefined();
  });
});
