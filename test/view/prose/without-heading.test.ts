import { expect, test } from 'vitest';
import { parseProse } from '../../../src/view/prose/parse-prose.ts';
import { withoutHeading } from '../../../src/view/prose/without-heading.ts';

function kept(markdown: string, words: string): string[] {
  return withoutHeading(parseProse(markdown), words).children.map(({ type }) => type);
}

test('the heading that says just that is left out', () => {
  expect(kept('## STEPS\n\nThe order matters.', 'Steps')).toEqual(['paragraph']);
});

test('one that says more, or stands further down, is kept', () => {
  expect(kept('## Steps for the night\n\nThe order matters.', 'Steps')).toEqual(['heading', 'paragraph']);
  expect(kept('The order matters.\n\n## Steps', 'Steps')).toEqual(['paragraph', 'heading']);
});
