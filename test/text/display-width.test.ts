import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { displayWidth, fitText, graphemes } from '../../src/text/display-width.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const segments = (text: string): string[] => [...segmenter.segment(text)].map(({ segment }) => segment);

test('every character that is or joins a sign, a letter or an emoji is as wide as string-width says, and one grapheme', () => {
  const differing: string[] = [];
  const ranges = [
    [0x20, 0x3300],
    [0x4df0, 0x4e10],
    [0x9ff0, 0xa010],
    [0xfe00, 0x10000],
    [0x1f000, 0x1fb00],
  ] as const;
  for (const code of ranges.flatMap(([from, to]) => Array.from({ length: to - from }, (_, n) => from + n))) {
    const character = String.fromCodePoint(code);
    for (const text of [character, `${character}\ufe0f`, `a${character}b`]) {
      const same =
        displayWidth(text) === stringWidth(text) && graphemes(text).length === segments(text).length;
      if (!same) differing.push(code.toString(16));
    }
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
    '🚀',
    '✅\ufe0f',
    '⚠️',
    '⚠',
    '👍🏽',
    '1\ufe0f\u20e3',
    '\ufe0f',
    '\u200d',
    '、',
    '：',
    '가',
    'か',
    '\u3099',
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
