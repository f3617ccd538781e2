import { describe, expect, test } from 'vitest';
import { formatBytes, outputWords } from '../../../src/view/words/format-bytes.ts';

describe('formatBytes', () => {
  test.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [9949, '9.9 kB'],
    [9950, '10 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [104_857_600, '105 MB'],
    [5e15, '5000 TB'],
  ])('%d', (bytes, words) => expect(formatBytes(bytes)).toBe(words));
});

test('little output is counted in lines, much in bytes too', () => {
  expect([
    outputWords({ stdoutBytes: 0, stderrBytes: 0, lines: 0 }),
    outputWords({ stdoutBytes: 5, stderrBytes: 0, lines: 1 }),
    outputWords({ stdoutBytes: 5, stderrBytes: 0, lines: 0 }),
    outputWords({ stdoutBytes: 1e8, stderrBytes: 0, lines: 2_000_000 }),
  ]).toEqual(['', '1 line', '5 bytes', '2000000 lines, 100 MB']);
});
