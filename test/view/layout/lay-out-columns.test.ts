// Tests tables of plain text, as wide as they are or as wide as a terminal.
import { expect, it } from 'vitest';
import { layOutColumns } from '../../../src/view/layout/lay-out-columns.ts';

const rows = [
  ['id-1', 'passed', '5', 'a title that is long'],
  ['id-2', '不合格', '12', 'short'],
];

it('lines columns up, those of numbers at their end', () => {
  expect(layOutColumns(rows, [2])).toBe('id-1  passed   5  a title that is long\nid-2  不合格  12  short\n');
});

it('stands under each other, wide characters and short rows included', () => {
  expect(
    layOutColumns([['name', 'runs', 'why'], ['漢字', '7', ''], ['a', '1000', 'long words'], ['short']], [1]),
  ).toBe('name   runs  why\n漢字      7\na      1000  long words\nshort\n');
  expect(layOutColumns([])).toBe('');
});

it('cuts the columns that give way until a line fits, none of them to nothing', () => {
  expect(layOutColumns(rows, [2], { width: 30, cut: [3] })).toBe(
    'id-1  passed   5  a title tha…\nid-2  不合格  12  short\n',
  );
  expect(layOutColumns(rows, [2], { width: 10, cut: [3, 1] })).toBe(
    'id-1  passed   5  a title…\nid-2  不合格  12  short\n',
  );
  expect(layOutColumns(rows, [2], { width: 200, cut: [3] })).toBe(layOutColumns(rows, [2]));
});
