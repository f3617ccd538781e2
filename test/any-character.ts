// Owns characters of every kind for texts of property tests.
import fc from 'fast-check';

/**
 * Every code point but halves of surrogate pairs, as `unit` of `fc.string`: what its own `binary` gives, which takes a
 * second of each process to make its table.
 */
export const anyCharacter = fc
  .integer({ min: 0, max: 0x10_ffff - 0x800 })
  .map((number) => String.fromCodePoint(number < 0xd800 ? number : number + 0x800));
