import { expect, test } from 'vitest';
import { guardLines } from '../../../../src/surfaces/tui/pages/guard-lines.ts';
import { makePalette } from '../../../../src/view/layout/palette.ts';
import { unstyledText } from '../../../../src/view/layout/styled-line.ts';
import { block, planOf } from '../../../run/sample-plan.ts';
import { Scenario } from '../../../run/scenario.ts';

test('names the guards of what changes something, and marks what destroys and has none', () => {
  const items = [
    block('look', 'steps', { risk: 'read' }),
    block('drop', 'steps', { risk: 'destructive', timeoutMs: 30_000 }),
    block('undo-drop', 'rollback', { undoes: block('drop', 'steps').step }),
    block('wipe', 'steps', { risk: 'destructive' }),
    block('change', 'steps', { check: 'test -e x' }),
  ];
  const lines = guardLines(new Scenario(planOf(items)).start('guided').state, 80, makePalette(0));
  expect(lines.map(unstyledText).map((line) => line.trimEnd())).toEqual([
    'What guards each part that changes something',
    '',
    'Part   │ Risk        │ Check │ Undo      │ Validation │ At most',
    '───────┼─────────────┼───────┼───────────┼────────────┼────────',
    'drop   │ destructive │ none  │ undo-drop │ none       │ 30 s',
    'wipe   │ destructive │ none  │ none      │ none       │ none',
    'change │ change      │ yes   │ none      │ none       │ none',
  ]);
  const bad = lines.map((line) =>
    line.filter(({ style }) => style.tone === 'bad').map(({ text }) => text.trim()),
  );
  expect(bad.slice(4)).toEqual([
    ['destructive', 'none', 'none'],
    ['destructive', 'none', 'none', 'none', 'none'],
    [],
  ]);
});
