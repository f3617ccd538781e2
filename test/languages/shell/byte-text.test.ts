import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromByteText, toByteText } from '../../../src/languages/shell/byte-text.ts';
import { anyCharacter } from '../../any-character.ts';

test('text is its UTF-8 bytes, one character each, as Buffer gives them', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter, maxLength: 60 }), (text) => {
      expect(toByteText(text)).toBe(Buffer.from(text, 'utf8').toString('latin1'));
    }),
  );
});

test('bytes are read as UTF-8, also those that are none', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const characters = Buffer.from(bytes).toString('latin1');
      expect(fromByteText(characters)).toBe(Buffer.from(bytes).toString('utf8'));
    }),
  );
});

test('a byte order mark and a long text are kept', () => {
  const text = `\uFEFF${'ä€😀'.repeat(10_000)}`;
  expect(fromByteText(toByteText(text))).toBe(text);
});
