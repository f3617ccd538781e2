// Tests that the parts of a screen fill it without gaps or overlaps, at every size.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  divideMain,
  layOutScreen,
  liveRows,
  type Rect,
  scrollInto,
} from '../../../src/surfaces/tui/layout.ts';

test('stands in two columns where there is room, and in one below', () => {
  expect(layOutScreen({ columns: 120, rows: 40 })).toEqual({
    header: { left: 0, top: 0, width: 120, height: 3 },
    outline: { left: 0, top: 3, width: 36, height: 34 },
    main: { left: 38, top: 3, width: 82, height: 34 },
    footer: { left: 0, top: 37, width: 120, height: 3 },
  });
  expect(layOutScreen({ columns: 80, rows: 24 })).toEqual({
    header: { left: 0, top: 0, width: 80, height: 3 },
    main: { left: 0, top: 3, width: 80, height: 18 },
    footer: { left: 0, top: 21, width: 80, height: 3 },
  });
  expect(layOutScreen({ columns: 40, rows: 12 })).toEqual({
    header: { left: 0, top: 0, width: 40, height: 2 },
    main: { left: 0, top: 2, width: 40, height: 8 },
    footer: { left: 0, top: 10, width: 40, height: 2 },
  });
});

test('gives the text, the output and the menu their share', () => {
  const main = { left: 0, top: 3, width: 80, height: 18 };
  const heights = (parts: object): Record<string, number> =>
    Object.fromEntries(Object.entries(parts).map(([name, rect]) => [name, (rect as Rect).height]));
  expect(heights(divideMain(main, { page: 8 }))).toEqual({ page: 18 });
  expect(heights(divideMain(main, { page: 8, output: 3 }))).toEqual({ page: 14, outputRule: 1, output: 3 });
  expect(heights(divideMain(main, { page: 8, output: 'live' }))).toEqual({
    page: 6,
    outputRule: 1,
    output: 11,
  });
  expect(heights(divideMain(main, { page: 8, output: 30, panel: 9 }))).toEqual({
    ...{ page: 4, outputRule: 1, output: 3, panelRule: 1, panel: 9 },
  });
});

test('fills every size exactly, one part below the other', () => {
  const sizes = fc.record({
    columns: fc.integer({ min: 1, max: 300 }),
    rows: fc.integer({ min: 1, max: 100 }),
  });
  const decisions = fc.record(
    {
      page: fc.nat(200),
      output: fc.oneof(fc.constant('live' as const), fc.integer({ min: 1, max: 500 })),
      panel: fc.integer({ min: 1, max: 40 }),
    },
    { requiredKeys: ['page'] },
  );
  fc.assert(
    fc.property(sizes, decisions, (size, action) => {
      const { header, main, footer } = layOutScreen(size);
      if (size.rows >= 3) {
        expect([header.top, header.height, main.top + main.height, footer.top + footer.height]).toEqual([
          ...[0, main.top, footer.top, size.rows],
        ]);
      }
      const { page, outputRule, output, panelRule, panel } = divideMain(main, action);
      let next = main.top;
      for (const part of [page, outputRule, output, panelRule, panel]) {
        if (!part) continue;
        expect(part.top).toBe(next);
        expect(part.height).toBeGreaterThanOrEqual(0);
        next = part.top + part.height;
      }
      expect(next).toBeLessThanOrEqual(Math.max(main.top + main.height, main.top + 2));
      expect(liveRows(main.height)).toBeGreaterThanOrEqual(1);
    }),
    { numRuns: 500 },
  );
});

test('scrolls no further than needed', () => {
  expect(scrollInto({ from: 0, to: 5 }, 100, 10)).toBe(0);
  expect(scrollInto({ from: 50, to: 55 }, 100, 10)).toBe(46);
  expect(scrollInto({ from: 50, to: 80 }, 100, 10)).toBe(50);
  expect(scrollInto({ from: 98, to: 100 }, 100, 10)).toBe(90);
});
