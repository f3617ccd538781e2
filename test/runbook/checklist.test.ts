import { expect, test } from 'vitest';
import { nestingOf } from '../../src/runbook/checklist.ts';
import { ofText } from './regions/result-laws.ts';

test('items stand below those whose list items they are written in', () => {
  const { steps } = ofText('# A\n\n## Steps\n\n- [ ] a\n  - [ ] b\n    - [ ] c\n  - [ ] d\n- [ ] e\n');
  const lists = steps.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.type === 'checklist' ? [part] : [])),
  );
  expect(lists.map(({ checklist }) => nestingOf(checklist.items))).toEqual([[0, 1, 2, 1, 0]]);
});
