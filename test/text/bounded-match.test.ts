import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundedMatch, isSurelyQuick } from '../../src/text/bounded-match.ts';

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

test('patterns of names, numbers and choices are quick for what people type', () => {
  const patterns = [
    '^(?:[a-z]+)$',
    '^(?:[a-z][a-z0-9-]*)$',
    '^(?:\\d{4}-\\d{2}-\\d{2})$',
    '^(?:v?\\d+\\.\\d+)$',
    '^(?:red|green|blue)$',
    '^(?:\\p{L}{1,8}[(*+){}]?)$',
    'saved as (\\S+)',
  ];
  expect(patterns.filter((source) => !isSurelyQuick(source, 'example-01'))).toEqual([]);
});

test('nothing that repeats what is repeated, looks back or around, or is held against much text is sure to be', () => {
  const [short, long] = ['a'.repeat(20), 'a'.repeat(400)];
  const asked: readonly (readonly [source: string, text: string])[] = [
    ['^(a+)+$', short],
    ['^(?:a|aa)*$', short],
    ['^(?:a?){20}$', short],
    ['(a)\\1', short],
    ['(?<n>a)\\k<n>', short],
    ['(?=a)a', short],
    ['(?<!a)b', short],
    ['a*a*a*a*b', short],
    ['a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?b', short],
    ['^[a-z]+$', long],
    // Without the flag `u` it is the letter that is repeated.
    ['\\p{1,}\\p{1,}\\p{1,}p{1,}b', short],
  ];
  expect(asked.filter(([source, text]) => isSurelyQuick(source, text))).toEqual([]);
});

test('whatever is called quick comes to an end at once', () => {
  const atom = fc.constantFrom(
    'a',
    '.',
    '[ab]',
    '[^b*+]',
    '\\w',
    '\\p{L}',
    'b',
    '(a)',
    '(?:a|ab)',
    '(?:b|.)',
  );
  const repetition = fc.constantFrom('', '', '*', '+', '?', '*?', '{2}', '{1,3}', '{2,}');
  const source = fc
    .array(fc.tuple(atom, repetition), { maxLength: 12 })
    .map((parts) => parts.map((part) => part.join('')).join(''));
  const text = fc.integer({ min: 0, max: 60 }).map((length) => `${'a'.repeat(length)}!`);
  fc.assert(
    fc.property(source, text, (written, searched) => {
      if (!isSurelyQuick(`${written}$`, searched)) return true;
      const startedAt = process.cpuUsage();
      new RegExp(`${written}$`, 'u').exec(searched);
      return process.cpuUsage(startedAt).user < 100_000;
    }),
    { numRuns: 3_000 },
  );
});
