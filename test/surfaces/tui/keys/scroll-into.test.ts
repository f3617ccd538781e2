import { expect, test } from 'vitest';
import { clampTop, scrollInto } from '../../../../src/surfaces/tui/keys/scroll-into.ts';

test('scrolls no further than needed', () => {
  expect(scrollInto({ from: 0, to: 5 }, 100, 10)).toBe(0);
  expect(scrollInto({ from: 50, to: 55 }, 100, 10)).toBe(46);
  expect(scrollInto({ from: 50, to: 80 }, 100, 10)).toBe(50);
  expect(scrollInto({ from: 98, to: 100 }, 100, 10)).toBe(90);
});

test('a first line stays within the text', () => {
  expect([-1, 0, 7, 8, Number.POSITIVE_INFINITY].map((top) => clampTop(top, 17, 10))).toEqual([
    0, 0, 7, 7, 7,
  ]);
  expect(clampTop(3, 5, 10)).toBe(0);
});
