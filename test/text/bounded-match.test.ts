import { expect, test } from 'vitest';
import { boundedMatch } from '../../src/text/bounded-match.ts';

test('a pattern matches or does not, with its flags', () => {
  expect(['a+', '^b'].map((source) => boundedMatch(source, '', 'aab'))).toEqual([true, false]);
  expect(boundedMatch('^B', 'im', 'a\nb')).toBe(true);
  expect(boundedMatch('(?<=a)(b)\\1', '', 'abb')).toBe(true);
});

test('one that would take for ever is given up', () => {
  expect(boundedMatch('^(a+)+$', '', `${'a'.repeat(60)}!`)).toBeUndefined();
  expect(boundedMatch('a', '', 'a')).toBe(true);
});

test('what is no pattern is not taken for one that is slow', () => {
  expect(() => boundedMatch('(', '', '')).toThrow(SyntaxError);
});
