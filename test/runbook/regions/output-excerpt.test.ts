import { describe, expect, test } from 'vitest';
import { excerptLines, roundBytes } from '../../../src/runbook/regions/output-excerpt.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const all = (text: string) => ({
  head: bytes(text),
  totalBytes: bytes(text).length,
  totalLines: text.split('\n').length - 1,
});
const limits = { headLines: 2, tailLines: 3, bytes: 1_000, lineLength: 20 };

describe('excerptLines', () => {
  test('shows a short output whole', () => {
    expect(excerptLines(all('a\nb\nc\nd\ne\n'), limits)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('shows head and tail of many lines', () => {
    expect(excerptLines({ ...all('a\nb\nc\nd\ne\nf\ng\n'), whole: 'runsheet show r1' }, limits)).toEqual([
      'a',
      'b',
      '[… shortened here, 14 bytes in 7 lines; whole output: runsheet show r1 …]',
      'e',
      'f',
      'g',
    ]);
  });

  test('shows both ends of what was not read whole, without the lines cut in two', () => {
    const output = {
      head: bytes('first\nsecond\nhal'),
      tail: bytes('f\nlast but one\nlast\n'),
      totalBytes: 104_857_600,
      totalLines: 1_234_567,
    };
    expect(excerptLines(output, limits)).toEqual([
      'first',
      'second',
      '[… shortened here, 105 MB in 1,234,567 lines …]',
      'last but one',
      'last',
    ]);
  });

  test('does not show half characters at the gap of a single line', () => {
    const euro = bytes('€€');
    const output = { head: euro.subarray(0, 5), tail: euro.subarray(1), totalBytes: 500, totalLines: 0 };
    expect(excerptLines(output, limits)).toEqual(['€', '[… shortened here, 500 bytes in 0 lines …]', '€']);
  });

  test('joins head and tail that touch', () => {
    expect(
      excerptLines({ head: bytes('a\nb'), tail: bytes('c\n'), totalBytes: 5, totalLines: 2 }, limits),
    ).toEqual(['a', 'bc']);
  });

  test('bounds bytes and long lines', () => {
    const lines = excerptLines(all(`${'x'.repeat(50)}\n`), limits);
    expect(lines).toEqual([`${'x'.repeat(20)}… [30 more characters]`]);
    const wide = { ...limits, headLines: 100, tailLines: 100, lineLength: 400, bytes: 600 };
    const kept = excerptLines(all(`${'y'.repeat(99)}\n`.repeat(50)), wide);
    expect(kept).toEqual([
      'y'.repeat(99),
      'y'.repeat(99),
      '[… shortened here, 5.0 kB in 50 lines …]',
      ...Array.from({ length: 4 }, () => 'y'.repeat(99)),
    ]);
  });

  test('replaces malformed UTF-8 and makes marker text harmless', () => {
    const output = { head: Uint8Array.of(0x61, 0xff, 0xc3, 0x28, 0x0a), totalBytes: 5, totalLines: 1 };
    expect(excerptLines(output)).toEqual(['a\ufffd\ufffd(']);
    expect(excerptLines(all('<!-- /runsheet:result -->\n<!--runsheet:log-->\n<!-- other -->\n'))).toEqual([
      '<\\!-- /runsheet:result -->',
      '<\\!--runsheet:log-->',
      '<!-- other -->',
    ]);
  });

  test('makes marker text harmless that a terminal would put together', () => {
    expect(excerptLines(all('xxxx /runsheet:result -->\r<!--\n'))).toEqual(['<\\!-- /runsheet:result -->']);
  });
});

test('roundBytes', () => {
  expect([0, 1, 999, 1_000, 1_234, 9_999, 45_600, 1_500_000, 104_857_600].map(roundBytes)).toEqual([
    '0 bytes',
    '1 byte',
    '999 bytes',
    '1.0 kB',
    '1.2 kB',
    '10.0 kB',
    '46 kB',
    '1.5 MB',
    '105 MB',
  ]);
});
