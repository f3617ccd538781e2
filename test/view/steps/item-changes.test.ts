import { expect, test } from 'vitest';
import { initialState } from '../../../src/run/evolve.ts';
import type { ComparedFile } from '../../../src/run/files/compared-file.ts';
import type { BlockItem } from '../../../src/run/plan.ts';
import { itemChanges } from '../../../src/view/steps/item-changes.ts';
import { block, planOf } from '../../run/sample-plan.ts';

test('a file shows the change that it makes, its undo that which it puts back, and code nothing', () => {
  const file = block('file', 'steps');
  const writes = { path: '/etc/app.conf' };
  const back = block('file/undo', 'rollback', { undoes: file.step, restores: file.address, writes });
  const other = block('other', 'steps');
  const plan = planOf([file, other, back]);
  const fresh = initialState(plan);
  const compared = { change: { difference: '@@ -1,1 +1,2 @@\n-a\n+b\n+c' } } as unknown as ComparedFile;
  const [first, ...rest] = fresh.items;
  const known = {
    ...fresh,
    items: [{ ...first, files: { here: compared } } as (typeof fresh.items)[0], ...rest],
  };
  const texts = (item: BlockItem, state: typeof fresh) =>
    itemChanges(item, state).map((line) => line.map(({ text }) => text).join(''));
  expect(texts(file, known)).toEqual(['@@ -1,1 +1,2 @@', '-a', '+b', '+c']);
  expect(texts(back, known)).toEqual(['@@ -1,2 +1,1 @@', '-b', '-c', '+a']);
  expect(texts(other, known)).toEqual([]);
  // Before it is compared nothing is known of the file but where it is.
  expect([texts(file, fresh), texts(back, fresh)]).toEqual([[], ['/etc/app.conf']]);
});
