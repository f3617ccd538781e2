import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endOfQuiet, quietAt } from '../../../src/run/triggers/quiet-at.ts';
import { type QuietHours, weekdays } from '../../../src/runbook/front-matter/triggers/trigger.ts';

const hours = (given: Partial<QuietHours>): QuietHours => ({
  days: weekdays,
  from: 22 * 60,
  to: 7 * 60,
  timezone: 'Europe/Berlin',
  action: 'wait',
  ...given,
});
const at = (text: string) => Date.parse(text);
const end = (quiet: readonly QuietHours[], text: string) => {
  const ms = endOfQuiet(quiet, at(text));
  return ms === undefined ? undefined : new Date(ms).toISOString().replace(':00.000Z', 'Z');
};

describe('quiet hours', () => {
  test.each([
    // A Wednesday, in winter and in summer: Berlin is one hour and two before UTC.
    ['2026-01-14T20:59Z', '2026-01-14T20:59Z'],
    ['2026-01-14T21:00Z', '2026-01-15T06:00Z'],
    ['2026-01-15T05:59Z', '2026-01-15T06:00Z'],
    ['2026-01-15T06:00Z', '2026-01-15T06:00Z'],
    ['2026-07-15T20:00Z', '2026-07-16T05:00Z'],
    // The night in which clocks are put forward, and the one in which they are put back.
    ['2026-03-28T21:00Z', '2026-03-29T05:00Z'],
    ['2026-10-24T20:00Z', '2026-10-25T06:00Z'],
  ])('over midnight, at %s until %s', (now, until) => {
    expect(end([hours({})], now)).toBe(until);
    expect(quietAt([hours({})], at(now)) !== undefined).toBe(now !== until);
  });

  test.each([
    // Saturday is 17 January 2026: the hours that begin on a day go on into the next one.
    ['2026-01-16T23:00Z', '2026-01-16T23:00Z'],
    ['2026-01-17T02:00Z', '2026-01-17T02:00Z'],
    ['2026-01-17T21:00Z', '2026-01-18T06:00Z'],
    ['2026-01-18T22:30Z', '2026-01-19T06:00Z'],
    ['2026-01-19T22:30Z', '2026-01-19T22:30Z'],
  ])('belong to the day on which they begin, at %s until %s', (now, until) => {
    expect(end([hours({ days: ['sat', 'sun'] })], now)).toBe(until);
  });

  test.each([
    // 02:30 is left out on 29 March, and comes twice on 25 October.
    ['2026-03-29T00:30Z', [60, 150], '2026-03-29T01:00Z'],
    ['2026-10-24T23:30Z', [60, 150], '2026-10-25T00:30Z'],
    ['2026-10-25T01:10Z', [60, 150], '2026-10-25T01:30Z'],
    ['2026-03-29T01:10Z', [150, 240], '2026-03-29T02:00Z'],
  ] as const)('whose end the clocks leave out or have twice, at %s', (now, [from, to], until) => {
    expect(end([hours({ from, to })], now)).toBe(until);
  });

  test('of several end together, and those that never end have none', () => {
    const night = hours({ from: 1320, to: 1440 });
    const morning = hours({ from: 0, to: 360 });
    expect(end([night, morning], '2026-01-14T22:00Z')).toBe('2026-01-15T05:00Z');
    expect(end([hours({ from: 0, to: 1440 })], '2026-01-14T22:00Z')).toBeUndefined();
    expect(end([hours({ from: 0, to: 1440, days: weekdays.slice(1) })], '2026-01-13T22:00Z')).toBe(
      '2026-01-18T23:00Z',
    );
  });

  test('last exactly until their end, whatever the clocks do', () => {
    const step = 15;
    const time = fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * step);
    const windows = fc
      .tuple(time, time, fc.subarray([...weekdays], { minLength: 1 }))
      .filter(([from, to]) => from !== to)
      .map(([from, to, days]) => ({ from, to, days }));
    const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata');
    const day = fc.constantFrom(
      '2026-03-08',
      '2026-03-28',
      '2026-04-04',
      '2026-10-03',
      '2026-10-24',
      '2026-11-01',
    );
    fc.assert(
      fc.property(
        fc.array(windows, { minLength: 1, maxLength: 2 }),
        zone,
        day,
        fc.integer({ min: 0, max: 191 }),
        (drawn, timezone, from, quarter) => {
          const quiet = drawn.map((one) => hours({ ...one, timezone }));
          const start = at(`${from}T00:00Z`) + quarter * step * 60_000;
          const until = endOfQuiet(quiet, start) ?? start + 9 * 86_400_000;
          for (let ms = start; ms < until; ms += step * 60_000)
            expect(quietAt(quiet, ms), `${new Date(ms).toISOString()}`).toBeDefined();
          if (endOfQuiet(quiet, start) !== undefined) expect(quietAt(quiet, until)).toBeUndefined();
        },
      ),
      { numRuns: 60 },
    );
  });
});
