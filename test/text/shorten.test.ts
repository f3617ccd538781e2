import { expect, test } from 'vitest';
import { shorten } from '../../src/text/shorten.ts';

test.each([
  ['echo a', 'echo a'],
  ['x'.repeat(60), 'x'.repeat(60)],
  ['x'.repeat(61), `${'x'.repeat(59)}…`],
  [`${'x'.repeat(58)}😀😀`, `${'x'.repeat(58)}…`],
])('%s is cited as %s', (text, cited) => {
  expect(shorten(text)).toBe(cited);
});
