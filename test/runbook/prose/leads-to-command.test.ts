import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endsInLeadingWord, leadingWords } from '../../../src/runbook/prose/leads-to-command.ts';

test('finds leading words as the pattern that spells all of it out does', () => {
  const whole = new RegExp(`\\b(?:${[...leadingWords].join('|')})\\b[^.:：]{0,45}[:：]$`);
  const word = fc.constantFrom(
    ...leadingWords,
    'rerun',
    'to_do',
    'something that is rather long',
    'the tool',
  );
  const blank = fc.constantFrom(' ', ' ', ' ', '-', '. ', ': ', '.');
  const sentence = fc
    .tuple(fc.array(fc.tuple(word, blank), { maxLength: 6 }), fc.constantFrom(':', ' :', '：', ''))
    .map(([parts, end]) => parts.flat().join('').trim() + end);
  fc.assert(
    fc.property(sentence, (said) => {
      expect([said, endsInLeadingWord(said)]).toEqual([said, whole.test(said)]);
    }),
    { numRuns: 20_000, seed: 1 },
  );
});
