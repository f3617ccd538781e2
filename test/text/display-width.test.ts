import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { displayWidth, fitText, graphemes } from '../../src/text/display-width.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const segments = (text: string): string[] => [...segmenter.segment(text)].map(({ segment }) => segment);

test('every character of the first planes is as wide as string-width says, and one grapheme', () => {
  const differing: string[] = [];
  for (let code = 0x20; code < 0x3000; code += 1) {
    const text = String.fromCharCode(code);
    const same = displayWidth(text) === stringWidth(text) && graphemes(text).length === segments(text).length;
    if (!same) differing.push(code.toString(16));
  }
  expect(differing).toEqual([]);
});

test('so is any text of them, and of anything else', () => {
  const usual = fc.constantFrom(
    'a',
    'é',
    '—',
    '…',
    '│',
    '█',
    ' ',
    'x\u0301',
    '\u00ad',
    '日',
    '👩‍👩‍👧',
    '🇩🇪',
    '✔',
    '✔️',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(usual).map((parts) => parts.join('')),
        fc.string({ unit: 'grapheme' }),
      ),
      (text) => {
        expect(displayWidth(text)).toBe(stringWidth(text));
        expect(graphemes(text)).toEqual(segments(text));
      },
    ),
    { numRuns: 500 },
  );
});

test('text is cut between characters, never inside one', () => {
  expect(fitText('naïve — façade', 8)).toBe('naïve —…');
  expect(fitText('日本語のテキスト', 7)).toBe('日本語…');
  expect(fitText('👩‍👩‍👧 family', 3)).toBe('👩‍👩‍👧…');
  expect(fitText('short', 5)).toBe('short');
  expect(fitText('any', 0)).toBe('');
});
