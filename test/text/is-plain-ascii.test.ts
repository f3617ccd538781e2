import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isPlainAscii } from '../../src/text/is-plain-ascii.ts';

it('is what the regular expression says, wherever the bytes lie', () => {
  const byte = fc.oneof(
    { weight: 20, arbitrary: fc.integer({ min: 0x20, max: 0x7e }) },
    fc.integer({ min: 0, max: 255 }),
  );
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 20 }), fc.integer({ min: 0, max: 3 }), (values, offset) => {
      const bytes = new Uint8Array(offset + values.length).subarray(offset);
      bytes.set(values);
      expect(isPlainAscii(bytes)).toBe(/^[\t\n\x20-\x7e]*$/.test(String.fromCharCode(...values)));
    }),
    { numRuns: 5000 },
  );
});

it('knows every byte at every place of a word', () => {
  for (let byte = 0; byte < 256; byte++) {
    for (let at = 0; at < 4; at++) {
      const bytes = new Uint8Array(8).fill(0x61);
      bytes[at] = byte;
      expect([byte, at, isPlainAscii(bytes)]).toEqual([
        byte,
        at,
        byte === 9 || byte === 10 || (byte >= 0x20 && byte < 0x7f),
      ]);
    }
  }
});
