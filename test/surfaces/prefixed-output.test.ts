import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PrefixedOutput } from '../../src/surfaces/prefixed-output.ts';

const show = (chunks: readonly string[], keepColours: boolean): string => {
  const lines = new PrefixedOutput({ keepColours, rewind: false });
  const shown = chunks.map((chunk) => lines.push('a', '| ', new TextEncoder().encode(chunk)));
  return shown.join('') + lines.end();
};
const withoutColours = (text: string): string => text.replaceAll(/\u001b\[\d+m/g, '');
const pieces = fc.array(
  fc.constantFrom('a', 'b', ' ', '\n', '\n\n', '\r', '\r\n', '\u001b[31m', '\u001b[0m', '|'),
  { maxLength: 30 },
);

test('every line stands behind the margin, and none is lost', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 5 }), (chunks) => {
      const text = chunks.map((chunk) => chunk.join(''));
      const shown = show(text, false);
      expect(shown === '' || /^(\|( .+)?\n)+$/.test(shown), shown).toBe(true);
      const plain = withoutColours(text.join(''));
      const letters = plain.replace(/[\r\n]/g, '');
      expect(shown.replace(/^\| ?/gm, '').replaceAll('\n', '')).toBe(letters);
    }),
  );
});

test('how output is cut into chunks makes no difference', () => {
  fc.assert(
    fc.property(pieces, fc.boolean(), (chunk, keepColours) => {
      const whole = show([chunk.join('')], keepColours);
      expect(withoutColours(show(chunk, keepColours))).toBe(withoutColours(whole));
    }),
  );
});

test.each([
  [['\n'], '|\n'],
  [['a'], '| a\n'],
  [['a', '\n', '\n', 'b'], '| a\n|\n| b\n'],
  [['a\n\n'], '| a\n|\n'],
  [['1 %\r', '2 %\r', '\n'], '| 1 %\n| 2 %\n'],
])('%j', (chunks, expected) => {
  expect(show(chunks, true)).toBe(expected);
});

test('plain output goes the short way and comes out the same', () => {
  const part = fc.constantFrom(
    'a',
    ' ',
    '\n',
    '\n\n',
    '\t',
    '\r',
    '\u001b[31m',
    '\u001b[0m',
    '|',
    '\u00e9',
    '│',
  );
  const cut = fc.array(fc.array(part, { maxLength: 8 }), { maxLength: 6 });
  fc.assert(
    fc.property(
      cut,
      fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
      fc.nat(3),
      (chunks, from, by) => {
        const text = Buffer.from(chunks.map((chunk) => chunk.join('')).join('\u0000'));
        // Cut anywhere, also within a character.
        const bytes = Buffer.from(text.filter((byte) => byte !== 0));
        const cuts = [0, ...chunks.keys(), chunks.length].map((index) =>
          Math.min(bytes.length, index * (3 + by)),
        );
        const pieces = cuts.map((start, index) => bytes.subarray(start, cuts[index + 1] ?? bytes.length));
        const sourceOf = (index: number): string => (from[index % from.length] ? 'one' : 'two');
        const long = new PrefixedOutput({ keepColours: true, rewind: false });
        const expected = pieces.map((piece, index) => long.push(sourceOf(index), '│ ', piece)).join('');
        const short = new PrefixedOutput({ keepColours: true, rewind: false });
        const shown = pieces.map(
          (piece, index) =>
            short.pushPlain(sourceOf(index), '│ ', piece) ?? short.push(sourceOf(index), '│ ', piece),
        );
        expect(Buffer.concat(shown.map((piece) => Buffer.from(piece))).toString() + short.end()).toBe(
          expected + long.end(),
        );
      },
    ),
    { numRuns: 2_000 },
  );
});
