import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rangesAt } from '../../src/basics/ranges-at.ts';

const place = fc.integer({ min: 0, max: 30 });
const ranges = fc.array(
  fc.tuple(place, place).map(([one, other]) => ({ start: Math.min(one, other), end: Math.max(one, other) })),
);

test('finds what looking at each of them finds', () => {
  fc.assert(
    fc.property(ranges, place, (all, offset) => {
      expect(rangesAt(all)(offset)).toEqual(
        all
          .toSorted((left, right) => left.start - right.start)
          .filter(({ start, end }) => start <= offset && offset < end),
      );
    }),
  );
});
