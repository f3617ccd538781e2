import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isRunId, makeRunId } from '../../src/basics/address.ts';

test('every id that is made has the form of one', () => {
  const anyTime = fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true });
  fc.assert(
    fc.property(anyTime, fc.uint8Array({ minLength: 4, maxLength: 8 }), (at, random) => {
      expect(isRunId(makeRunId(at, random))).toBe(true);
    }),
  );
});

test.each([
  ['20261128-143000-k3f9', true],
  [`20261128-143000-${'a'.repeat(40)}`, true],
  ['20261128-143000-k3f', false],
  [`20261128-143000-${'a'.repeat(41)}`, false],
  ['20261128-143000-K3F9', false],
  ['20261128-143000-k3f9/..', false],
  ['20261128-143000-k3f9\n', false],
  ['../20261128-143000-k3f9', false],
  ['', false],
])('%j: %s', (text, is) => {
  expect(isRunId(text)).toBe(is);
});
