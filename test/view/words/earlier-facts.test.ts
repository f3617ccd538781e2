// Tests the words for what earlier runs took.
import { describe, expect, it, test } from 'vitest';
import { address, stepName } from '../../../src/basics/address.ts';
import { initialState } from '../../../src/run/evolve.ts';
import type { EarlierTimes } from '../../../src/run/surface.ts';
import { earlierFacts, wayBackWords } from '../../../src/view/words/earlier-facts.ts';
import { block, planOf } from '../../run/sample-plan.ts';

const times = (took: Readonly<Record<string, readonly [medianMs: number, count: number]>>): EarlierTimes =>
  new Map(Object.entries(took).map(([name, [medianMs, count]]) => [address(name), { medianMs, count }]));

test.each([
  ['nobody has measured it', {}, []],
  ['one run has', { drain: [12_400, 1] }, ['took 12 s in an earlier run']],
  ['several have', { drain: [250_000, 7] }, ['took 4 min 10 s, the median of 7 earlier runs']],
] as const)('beside a block where %s', (_, took, words) => {
  const facts = earlierFacts(block('drain', 'steps'), times(took));
  expect(facts.map(({ text }) => text)).toEqual(words);
});

describe('the way back', () => {
  const undo = (name: string, estimateMs?: number) =>
    block(`un${name}`, 'rollback', {
      undoes: stepName(name),
      ...(estimateMs !== undefined && { estimateMs }),
    });
  const state = initialState(
    planOf([block('one', 'steps'), block('two', 'steps'), undo('one', 60_000), undo('two')]),
  );
  const both = [address('untwo'), address('unone')];
  it.each([
    ['nothing is known of any', {}, [address('untwo')], ''],
    ['it is estimated', {}, [address('unone')], 'going back from here takes about 1 min, as estimated'],
    [
      'all of it was measured, which counts for more than an estimate',
      { unone: [181_000, 2], untwo: [62_000, 3] },
      both,
      'going back from here takes about 4 min, as in earlier runs',
    ],
    [
      'one was measured and the other is estimated',
      { untwo: [9_000, 3] },
      both,
      'going back from here takes about 1 min 10 s, in part as estimated',
    ],
    [
      'nothing is known of one',
      {},
      both,
      'going back from here takes more than 1 min: nobody knows it of 1 of 2 undos',
    ],
    [
      'it takes long',
      { untwo: [4_000_000, 1] },
      [address('untwo')],
      'going back from here takes about 1 h 7 min, as in earlier runs',
    ],
    ['nothing would be undone', { untwo: [1, 1] }, [], ''],
    ['nothing has been run', { untwo: [1, 1] }, undefined, ''],
  ] as const)('where %s', (_, took, undos, words) => {
    expect(wayBackWords(state, times(took), undos)).toBe(words);
  });
});
