import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareDecimals } from '../../../src/run/expectations/compare-decimals.ts';

test.each([
  ['9007199254740993', '9007199254740992', 1],
  ['9007199254740992', '9007199254740993', -1],
  ['1.50', '1.5', 0],
  ['-0', '0', 0],
  ['1e3', '1000', 0],
  ['1.5E-2', '0.015', 0],
  ['+.5', '0.5', 0],
  ['-2', '1', -1],
  ['0.1', '0.10000000000000000001', -1],
  ['12x', '1', Number.NaN],
  ['', '1', Number.NaN],
])('%s and %s: %d', (left, right, order) => {
  expect(compareDecimals(left, right)).toBe(order);
});

test('it orders numbers as arithmetic does', () => {
  const number = fc.integer({ min: -1_000_000, max: 1_000_000 });
  fc.assert(
    fc.property(number, number, (left, right) => {
      expect(compareDecimals(String(left), String(right))).toBe(Math.sign(left - right) + 0);
      expect(compareDecimals(`${left}e-3`, `${right}e-3`)).toBe(Math.sign(left - right) + 0);
    }),
  );
});
