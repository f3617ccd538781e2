import { expect, test } from 'vitest';
import { type KnownOfPage, type Staleness, stalenessOf } from '../../../src/runbook/front-matter/upkeep.ts';
import { parse, problems, textAt } from '../runbook-of.ts';

const now = '2026-06-01T12:00:00.000Z';
const proven = (at: string, isOfOtherText = false): KnownOfPage => ({
  now,
  lastProof: { at, by: 'test', isOfOtherText },
});

test.each<[string, object, KnownOfPage, readonly Staleness[]]>([
  ['nothing is said', {}, { now, lastProof: 'none' }, []],
  ['the last day of a review', { reviewAfter: { day: '2026-06-01' } }, { now }, []],
  ['the day after', { reviewAfter: { day: '2026-05-31' } }, { now }, ['review-passed']],
  ['nobody has looked for proofs', { proveEvery: { ms: 1000 } }, { now }, []],
  ['there is no proof', { proveEvery: { ms: 1000 } }, { now, lastProof: 'none' }, ['unproven']],
  ['a proof of just then', { proveEvery: { ms: 3_600_000 } }, proven('2026-06-01T11:00:00.000Z'), []],
  [
    'a moment older',
    { proveEvery: { ms: 3_600_000 } },
    proven('2026-06-01T10:59:59.999Z'),
    ['proof-overdue'],
  ],
  ['a proof of the future', { proveEvery: { ms: 1000 } }, proven('2026-07-01T00:00:00.000Z'), []],
  ['an old proof, and no word of it', {}, proven('2001-01-01T00:00:00.000Z'), []],
  ['a proof of another text', {}, proven(now, true), ['changed']],
  [
    'all at once',
    { proveEvery: { ms: 1 }, reviewAfter: { day: '2026-01-01' } },
    proven('2026-01-01T00:00:00.000Z', true),
    ['review-passed', 'proof-overdue', 'changed'],
  ],
])('stale by %s', (_, times, known, stale) => {
  expect(stalenessOf(times, known)).toEqual(stale);
});

test('a page says what it is about and how long it counts', () => {
  const { runbook } = parse(
    '---\nservice: [shop, pay]\nreview-after: 2028-02-29\nprove-every: 90d\n---\n\n# T\n',
  );
  const { services, reviewAfter, proveEvery } = runbook.frontMatter;
  expect([services, reviewAfter?.day, proveEvery?.ms, proveEvery?.written]).toEqual([
    ['shop', 'pay'],
    '2028-02-29',
    7_776_000_000,
    '90d',
  ]);
  expect([reviewAfter, proveEvery].map((one) => one && textAt(runbook, one.span))).toEqual([
    '2028-02-29',
    '90d',
  ]);
});

test('what is no day and no time is refused', () => {
  expect(problems('---\nreview-after: 2027-02-29\nprove-every: 90\n---\n\n# T\n')).toBe(
    [
      'error[front-matter-value]: `review-after` expects a day such as `2027-03-31`',
      ' --> book.md:2:15',
      '  |',
      '2 | review-after: 2027-02-29',
      '  |               ^^^^^^^^^^',
      '',
      'error[front-matter-value]: `prove-every` expects a duration such as `30s`, `5m` or `1h30m`',
      ' --> book.md:3:14',
      '  |',
      '3 | prove-every: 90',
      '  |              ^^',
    ].join('\n'),
  );
});
