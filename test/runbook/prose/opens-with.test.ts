import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  adjectives,
  opensWith,
  outputPhrase,
  perhapsOutputPhrase,
} from '../../../src/runbook/prose/opens-with.ts';

test('opens with a phrase as the pattern that spells all of it out does', () => {
  const phrase = { words: /^(?:logs?|errors?|outputs?)\b/, isWhole: false };
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

test('a phrase may be followed by where the output is from, and by nothing else', () => {
  const said = [
    'output:',
    'results of the query:',
    'stdout (shortened):',
    'responses should be like this',
    'log lines:',
    'log lines from the server',
    'stack trace',
    'logs are below:',
    'outputs nothing',
    'results: 3',
    'log lines scroll by',
    'logging',
  ];
  expect(said.filter((one) => opensWith(outputPhrase, one))).toEqual(said.slice(0, 4));
  expect(said.filter((one) => opensWith(perhapsOutputPhrase, one))).toEqual(said.slice(4, 8));
});
