import { expect, test } from 'vitest';
import type { ResultEvent } from '../../../src/languages/sql/result-event.ts';
import { ResultRenderer } from '../../../src/languages/sql/result-renderer.ts';

const events: readonly ResultEvent[] = [
  { type: 'columns', names: ['name', 'n|m', 'size'] },
  { type: 'row', values: ['漢字', 'a|b', '10'] },
  { type: 'row', values: ['two\nlines', null, '-2.5'] },
  { type: 'row', values: ['', 'null', null] },
  { type: 'end' },
  { type: 'text', text: 'UPDATE 3\n' },
  { type: 'columns', names: undefined },
  { type: 'end' },
  { type: 'columns', names: ['empty'] },
  { type: 'end' },
];

test('a result is a Markdown table', () => {
  expect(new ResultRenderer('table').render(events)).toBe(
    [
      '| name         | n\\|m   |   size |',
      '| ------------ | ------ | -----: |',
      '| 漢字         | a\\|b   |     10 |',
      '| two<br>lines | *null* |   -2.5 |',
      '|              | null   | *null* |',
      'UPDATE 3',
      '',
      '(no rows)',
      '',
      '| empty |',
      '| ----- |',
      '',
    ].join('\n'),
  );
});

test('for a later block a result is its values alone', () => {
  expect(new ResultRenderer('values').render(events)).toBe(
    '漢字\ta|b\t10\ntwo\nlines\t\t-2.5\n\tnull\t\nUPDATE 3\n',
  );
});

test('a long result is printed as it comes, and a wide cell does not widen its column', () => {
  const renderer = new ResultRenderer('table');
  const head = renderer.render([{ type: 'columns', names: ['a'] }]);
  let printed = head;
  let largest = 0;
  for (let row = 0; row < 2000; row += 1) {
    const text = renderer.render([{ type: 'row', values: [row === 1 ? 'x'.repeat(100) : `v${row}`] }]);
    if (row > 500) largest = Math.max(largest, text.length);
    printed += text;
  }
  printed += renderer.render([{ type: 'end' }]);
  const lines = printed.trimEnd().split('\n');
  expect([lines.length, largest, lines[0], lines[3], lines[2001]]).toEqual([
    2002,
    '| v1999 |\n'.length,
    '| a    |',
    `| ${'x'.repeat(100)} |`,
    '| v1999 |',
  ]);
});
