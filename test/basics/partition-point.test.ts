import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partitionPoint } from '../../src/basics/partition-point.ts';

test('finds what counting finds', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 20 })),
      fc.integer({ min: -1, max: 21 }),
      (numbers, limit) => {
        const sorted = numbers.toSorted((left, right) => left - right);
        expect(partitionPoint(sorted, (number) => number < limit)).toBe(
          sorted.filter((number) => number < limit).length,
        );
      },
    ),
  );
});
