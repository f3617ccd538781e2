// Tests the sizes of the screen's parts that are known before anything is drawn.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  blockTerminalSize,
  footerRows,
  headerRows,
  mainSize,
  outlineColumns,
} from '../../../src/surfaces/tui/main-size.ts';

const sizesOf = (columns: number, rows: number): readonly unknown[] => [
  headerRows(rows),
  footerRows(rows),
  outlineColumns(columns),
  mainSize({ columns, rows }),
  blockTerminalSize({ columns, rows }),
];

test('two columns where there is room, and fewer rows around the text where there is none', () => {
  expect(sizesOf(120, 40)).toEqual([3, 3, 36, { columns: 82, rows: 34 }, { columns: 82, rows: 22 }]);
  expect(sizesOf(80, 24)).toEqual([3, 3, 0, { columns: 80, rows: 18 }, { columns: 80, rows: 11 }]);
  expect(sizesOf(40, 12)).toEqual([2, 3, 0, { columns: 40, rows: 7 }, { columns: 40, rows: 4 }]);
});

test('at every size the parts fill the screen, and a block has a terminal', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 100 }), (columns, rows) => {
      const main = mainSize({ columns, rows });
      if (rows >= 3) expect(headerRows(rows) + main.rows + footerRows(rows)).toBe(rows);
      const block = blockTerminalSize({ columns, rows });
      expect(Math.min(block.columns, block.rows)).toBeGreaterThanOrEqual(1);
      expect(block.rows).toBeLessThanOrEqual(main.rows);
    }),
  );
});
