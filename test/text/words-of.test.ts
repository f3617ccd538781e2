import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isPrintableAscii } from '../../src/text/is-printable-ascii.ts';
import { wordsOf } from '../../src/text/words-of.ts';

it('is what the classes of Unicode say, of ASCII and of all other text', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.constantFrom('Zurück zum Anfang', '升级 v2.1（可选）', 'a\tb', ''),
  );
  fc.assert(
    fc.property(text, (written) => {
      expect(wordsOf(written)).toEqual(written.split(/[^\p{L}\p{N}]+/u));
      expect(isPrintableAscii(written)).toBe([...written].every((sign) => sign >= ' ' && sign <= '~'));
    }),
    { numRuns: 2000 },
  );
});
