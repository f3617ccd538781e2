import { describe, expect, test } from 'vitest';
import { indexLines } from '../../src/text/line-index.ts';

const encode = (text: string) => new TextEncoder().encode(text);

describe('indexLines', () => {
  test('knows the three kinds of newline', () => {
    const lines = indexLines(encode('a\nb\r\nc\rd'));
    expect(lines.lineCount).toBe(4);
    expect([1, 2, 3, 4, 5].map((line) => lines.startOfLine(line))).toEqual([0, 2, 5, 7, 8]);
    expect([1, 2, 3, 4, 5].map((line) => lines.textOfLine(line))).toEqual(['a', 'b', 'c', 'd', '']);
  });

  test('counts columns in characters', () => {
    const lines = indexLines(encode('x\né中🙂!'));
    expect([0, 1, 2, 4, 7, 11, 12, 99].map((offset) => lines.placeOf(offset))).toEqual([
      { line: 1, column: 1 },
      { line: 1, column: 2 },
      { line: 2, column: 1 },
      { line: 2, column: 2 },
      { line: 2, column: 3 },
      { line: 2, column: 4 },
      { line: 2, column: 5 },
      { line: 2, column: 5 },
    ]);
  });

  test('leaves a byte-order mark out of the first line', () => {
    const lines = indexLines(encode('\ufeffa\n'), 3);
    expect(lines.textOfLine(1)).toBe('a');
    expect([0, 3, 4].map((offset) => lines.placeOf(offset))).toEqual([
      { line: 1, column: 1 },
      { line: 1, column: 1 },
      { line: 1, column: 2 },
    ]);
  });

  test('has one empty line in an empty file', () => {
    const lines = indexLines(encode(''));
    expect([lines.lineCount, lines.textOfLine(1), lines.placeOf(0)]).toEqual([1, '', { line: 1, column: 1 }]);
  });
});
