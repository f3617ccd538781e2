// Tests what runs cost against a journal whose stretches were added up by hand.
import { describe, expect, it } from 'vitest';
import {
  byHandWords,
  idleWords,
  machineCostWords,
  moneyWords,
  peopleCostWords,
} from '../../../../src/surfaces/reports/cost/money-words.ts';
import {
  costByMonth,
  costOfRun,
  type RunCost,
  sumOfCosts,
} from '../../../../src/surfaces/reports/cost/run-cost.ts';
import { courseOfRun, timeSpent } from '../../../../src/surfaces/reports/course/course-of-run.ts';
import { rolledBack } from '../story.ts';

const spent = timeSpent(courseOfRun(rolledBack.history));
const rates = { person: { amount: 120, currency: 'EUR' }, machine: { amount: 3.6, currency: 'EUR' } };
const words = (cost: RunCost) => [machineCostWords(cost), peopleCostWords(cost), byHandWords(cost)];

it('counts what its journal tells, up to where its process was gone', () => {
  // By its times: 0 to 136 s and 436 to 462 s there was a process, from 6 to 30 s somebody worked.
  const cost = costOfRun({ spent, manualEstimateMs: 1_800_000 }, rates);
  expect(cost).toEqual({
    runs: 1,
    machines: { ms: 162_000, money: [{ amount: 0.162, currency: 'EUR' }], atLeast: true },
    people: { ms: 24_000, money: [{ amount: 0.8, currency: 'EUR' }] },
    byHand: { runs: 1, ms: 1_800_000, money: [{ amount: 60, currency: 'EUR' }] },
  });
  expect(words(cost)).toEqual(['at least 2 min 42 s, 0.16 EUR', '24 s, 0.80 EUR', '30 min, 60 EUR']);
});

describe('what workers have seen', () => {
  it.each([
    ['all of it, start-up included', { ms: 163_500, isWhole: true }, { ms: 163_500 }],
    ['not the end of a process', { ms: 163_500, isWhole: false }, { ms: 163_500, atLeast: true }],
    [
      'less than is recorded, as of a run that went on in a terminal',
      { ms: 9_000, isWhole: true },
      undefined,
    ],
  ])('is %s', (_, machine, machines) => {
    const told = costOfRun({ spent, machine }, {}).machines;
    expect(told).toEqual(machines ?? { ms: 162_000, atLeast: true });
  });
});

it('does not know what is written nowhere, and adds no money to what is not known', () => {
  const bare = costOfRun({ spent }, {});
  expect(words(bare)).toEqual([
    'at least 2 min 42 s, in money not known: no `machine-rate` is configured',
    '24 s, in money not known: no `rates` are configured',
    'not known: the page has no `manual-estimate`, or it came to nothing',
  ]);
  const inVain = costOfRun({ spent, manualEstimateMs: 60_000, isInVain: true }, rates);
  expect(inVain.byHand).toBeUndefined();
  const machine = { ms: 200_000, isWhole: true };
  const known = costOfRun({ spent, machine, manualEstimateMs: 60_000 }, rates);
  const other = costOfRun({ spent, machine }, { machine: { amount: 18, currency: 'CHF' } });
  expect(sumOfCosts([known, other, inVain])).toEqual({
    runs: 3,
    machines: {
      ms: 562_000,
      money: [
        { amount: 0.362, currency: 'EUR' },
        { amount: 1, currency: 'CHF' },
      ],
      atLeast: true,
    },
    people: { ms: 72_000 },
    byHand: { runs: 1, ms: 60_000, money: [{ amount: 2, currency: 'EUR' }] },
  });
  expect(words(sumOfCosts([known, other]))).toEqual([
    '6 min 40 s, 0.20 EUR and 1 CHF',
    '48 s, in money not known: no `rates` are configured',
    '1 min, 2 EUR (1 run of 2)',
  ]);
  expect(peopleCostWords(costOfRun({ spent: { ...spent, people: 0 } }, {}))).toBe('none');
});

it('adds up by month, in UTC, newest first', () => {
  const cost = costOfRun({ spent }, rates);
  const runs = ['2026-10-31T23:59:59.000Z', '2026-11-01T00:59:59.000+01:00', '2026-11-01T00:00:00.000Z'];
  expect(
    costByMonth(runs.map((startedAt) => ({ startedAt, cost }))).map(({ month, cost: { runs: of } }) => [
      month,
      of,
    ]),
  ).toEqual([
    ['2026-11', 1],
    ['2026-10', 2],
  ]);
});

it('says what workers had to give that no run took, and how little money can be', () => {
  const idle = { month: '2026-11', ms: 7_200_000, runs: 4, money: [{ amount: 7.2, currency: 'EUR' }] };
  expect([idleWords(idle), idleWords({ ...idle, runs: 0 }), idleWords(undefined)]).toEqual([
    '2 h, 7.20 EUR; 30 min a run',
    '2 h, 7.20 EUR; no run began',
    'not known',
  ]);
  expect([0, 0.004, 0.005, 1.999, -50].map((amount) => moneyWords({ amount, currency: 'USD' }))).toEqual([
    ...['0 USD', 'less than 0.01 USD', '0.01 USD', '2 USD', '-50 USD'],
  ]);
});
