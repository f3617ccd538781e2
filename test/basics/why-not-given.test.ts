import { expect, test } from 'vitest';
import { variableBytes, whyNotGiven } from '../../src/basics/why-not-given.ts';

test('a variable takes its name, its value, the sign between them and a final NUL', () => {
  expect(variableBytes('A', 'bc')).toBe(5);
  expect(variableBytes('A', 'é☂')).toBe(8);
});

test('the longest variable that Linux takes can be given, and no longer one', () => {
  const longest = 'x'.repeat(131_072 - 'BIG=\0'.length);
  expect(whyNotGiven('BIG', longest)).toBeUndefined();
  expect(whyNotGiven('BIG', `${longest}x`)).toBe(
    'is 131,068 bytes long, and a process takes at most 131,072 with its name',
  );
  expect(whyNotGiven('BIG', 'é'.repeat(65_534))).toMatch(/^is 131,068 bytes long/);
});

test('a NUL byte can be given to no process', () => {
  expect(whyNotGiven('A', 'a\0b')).toBe('holds a NUL byte, which cannot be passed to a process');
});
