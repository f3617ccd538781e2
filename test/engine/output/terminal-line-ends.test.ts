import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TerminalLineEnds } from '../../../src/engine/output/terminal-line-ends.ts';
import { storedBytes } from '../../../src/run/masking/redactor.ts';

/** What comes out of a terminal's bytes, given in the pieces in which they arrive. */
function through(...pieces: readonly string[]): string {
  const ends = new TerminalLineEnds();
  const given = pieces.map((piece) => Buffer.from(ends.push(storedBytes(Buffer.from(piece, 'latin1')))));
  return Buffer.concat([...given, ends.flush() ?? new Uint8Array()]).toString('latin1');
}

test('the return before a newline is the driver’s, every other one the program’s', () => {
  expect(through('one\r\ntwo\r\n')).toBe('one\ntwo\n');
  expect(through('10 %\r20 %\r\n')).toBe('10 %\r20 %\n');
  expect(through('\r\r\n')).toBe('\r\n');
  expect(through('no end\r')).toBe('no end\r');
  expect(through('')).toBe('');
});

test('wherever the bytes are cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: fc.constantFrom('\r', '\n', 'a') }), { maxLength: 8 }),
      (pieces) => {
        expect(through(...pieces)).toBe(pieces.join('').replaceAll('\r\n', '\n'));
      },
    ),
    { numRuns: 1000 },
  );
});
