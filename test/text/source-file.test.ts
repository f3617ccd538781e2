import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeSource } from '../../src/text/source-file.ts';

const encode = (text: string) => new TextEncoder().encode(text);

describe('decodeSource', () => {
  test('reads ASCII with offsets unchanged', () => {
    const { source, diagnostics } = decodeSource('a.md', encode('# A\n\nb\n'));
    expect(diagnostics).toEqual([]);
    expect({ ...source, bytes: undefined, lines: undefined, toByteOffset: undefined }).toEqual({
      path: 'a.md',
      bytes: undefined,
      text: '# A\n\nb\n',
      hasByteOrderMark: false,
      newline: '\n',
      lines: undefined,
      toByteOffset: undefined,
    });
    expect([0, 3, 7, 99].map(source.toByteOffset)).toEqual([0, 3, 7, 7]);
  });

  test('takes the byte-order mark off the text and keeps it in the offsets', () => {
    const { source } = decodeSource('a.md', encode('\ufeffé\r\nb'));
    expect(source.text).toBe('é\r\nb');
    expect(source.hasByteOrderMark).toBe(true);
    expect(source.newline).toBe('\r\n');
    expect([0, 1, 3, 4].map(source.toByteOffset)).toEqual([3, 5, 7, 8]);
  });

  test('says where bytes stop being UTF-8', () => {
    const bytes = new Uint8Array([0x61, 0x0a, 0x62, 0xe2, 0x82, 0x28]);
    const { source, diagnostics } = decodeSource('a.md', bytes);
    expect(source.text).toBe('');
    expect(source.bytes).toBe(bytes);
    expect(diagnostics).toEqual([
      {
        code: 'not-utf8',
        severity: 'error',
        message: 'byte 0xe2 is not valid UTF-8 here',
        span: { start: 3, end: 4 },
        help: 'save the file as UTF-8',
      },
    ]);
    expect(source.lines.placeOf(3)).toEqual({ line: 2, column: 2 });
  });

  test('tells binary files and UTF-16 apart from broken text', () => {
    expect(decodeSource('a', new Uint8Array([0x89, 0x50, 0x00, 0xff])).diagnostics).toEqual([
      {
        code: 'binary-file',
        severity: 'error',
        message: 'the file holds a NUL byte, so it is not valid text',
        span: { start: 2, end: 3 },
      },
    ]);
    expect(decodeSource('a', new Uint8Array([0xff, 0xfe, 0x23, 0x00])).diagnostics).toEqual([
      {
        code: 'not-utf8',
        severity: 'error',
        message: 'the file is encoded as UTF-16',
        span: { start: 0, end: 2 },
        help: 'save it as UTF-8',
      },
    ]);
  });

  test('never throws, and finds an invalid byte exactly when the platform does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ min: 1, max: 255, maxLength: 24 }), (bytes) => {
        const { diagnostics } = decodeSource('a.md', bytes);
        let valid = true;
        try {
          new TextDecoder('utf-8', { fatal: true }).decode(bytes);
        } catch {
          valid = false;
        }
        expect(diagnostics.length).toBe(valid ? 0 : 1);
      }),
      { numRuns: 500 },
    );
  });

  test('converts every character border exactly', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'é', '中', '🙂', '\n', '\r'), maxLength: 900 }),
        fc.boolean(),
        (text, mark) => {
          const { source } = decodeSource('a.md', encode((mark ? '\ufeff' : '') + text));
          let offset = 0;
          let byteOffset = mark ? 3 : 0;
          for (const character of text) {
            expect(source.toByteOffset(offset)).toBe(byteOffset);
            offset += character.length;
            byteOffset += encode(character).length;
          }
          expect(source.toByteOffset(offset)).toBe(byteOffset);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('answers for 16 MB on one line without walking it each time', () => {
    const { source } = decodeSource('a.md', encode('中'.repeat(5_500_000)));
    const started = performance.now();
    let sum = 0;
    for (let offset = 0; offset < 5_500_000; offset += 500) sum += source.toByteOffset(offset);
    expect(sum).toBe(90_741_750_000);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
