import { expect, test } from 'vitest';
import { layOutColumns } from '../../../src/view/layout/lay-out-columns.ts';

test('cells stand under each other, wide characters and short rows included', () => {
  expect(
    layOutColumns([['name', 'runs', 'why'], ['漢字', '7', ''], ['a', '1000', 'long words'], ['short']], [1]),
  ).toBe('name   runs  why\n漢字      7\na      1000  long words\nshort\n');
  expect(layOutColumns([])).toBe('');
});
