import { describe, expect, test } from 'vitest';
import { AssertionFailure } from '../../src/basics/assert.ts';
import { span } from '../../src/text/span.ts';
import { applySplices } from '../../src/text/splice.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const apply = (text: string, ...splices: [number, number, string][]) =>
  new TextDecoder().decode(
    applySplices(
      encode(text),
      splices.map(([start, end, replacement]) => ({ span: span(start, end), bytes: encode(replacement) })),
    ),
  );

describe('applySplices', () => {
  test('replaces, removes and inserts in any order of the list', () => {
    expect(apply('abcdef', [4, 6, 'X'], [0, 1, ''], [2, 2, '-'])).toBe('b-cdX');
  });

  test('keeps the order of insertions at one place, before a replacement that starts there', () => {
    expect(apply('ab', [1, 2, 'B'], [1, 1, '1'], [1, 1, '2'], [2, 2, '!'])).toBe('a12B!');
  });

  test('gives the bytes back when there is nothing to do', () => {
    expect(apply('abc')).toBe('abc');
  });

  test('refuses ranges that overlap or leave the file', () => {
    expect(() => apply('abc', [0, 2, ''], [1, 3, ''])).toThrow(AssertionFailure);
    expect(() => apply('abc', [2, 4, ''])).toThrow(AssertionFailure);
    expect(() => apply('abc', [2, 1, ''])).toThrow(AssertionFailure);
  });
});
