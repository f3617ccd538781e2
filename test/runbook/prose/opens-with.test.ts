import fc from 'fast-check';
import { expect, test } from 'vitest';
import { adjectives, opensWith } from '../../../src/runbook/prose/opens-with.ts';

test('opens with a phrase as the pattern that spells all of it out does', () => {
  const phrase = /^(?:logs?|errors?|outputs?)\b/;
  const whole = new RegExp(
    `^(?:(?:${[...adjectives].join('|')}|\`[^\`]+\`)[\\s-]){0,4}(?:logs?|errors?|outputs?)\\b`,
  );
  const word = fc.constantFrom(...adjectives, '`a b`', 'log', 'errors', 'output', 'x', 'prints');
  const blank = fc.constantFrom(' ', ' ', ' ', '-', '. ', '  ');
  const words = fc
    .array(fc.tuple(word, blank), { maxLength: 8 })
    .map((parts) => parts.flat().join('').trim());
  fc.assert(
    fc.property(words, (said) => {
      expect([said, opensWith(phrase, said)]).toEqual([said, whole.test(said)]);
    }),
    { numRuns: 20_000, seed: 1 },
  );
});
