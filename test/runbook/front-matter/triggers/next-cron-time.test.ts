import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextCronTime } from '../../../../src/runbook/front-matter/triggers/next-cron-time.ts';

test.each([
  ['0 6 * * mon', 'UTC', '2026-01-17T15:00Z', '2026-01-19T06:00:00.000Z'],
  ['0 6 * * mon', 'Europe/Berlin', '2026-07-13T04:00Z', '2026-07-20T04:00:00.000Z'],
  ['@daily', 'Europe/Berlin', '2026-01-17T15:00Z', '2026-01-17T23:00:00.000Z'],
  ['0 0 30 2 *', 'UTC', '2026-01-17T15:00Z', 'never'],
  ['0 25 * * *', 'UTC', '2026-01-17T15:00Z', 'invalid value for hour: 25'],
  ['0 0 6 * * mon', 'UTC', '2026-01-17T15:00Z', 'it does not have five fields'],
  ['* * * *', 'UTC', '2026-01-17T15:00Z', 'it does not have five fields'],
  ['@reboot', 'UTC', '2026-01-17T15:00Z', 'it does not have five fields'],
  ['0 6 * * *', 'Mars/Base', '2026-01-17T15:00Z', '`Mars/Base` is no time zone'],
  ['0 6 * * *', '', '2026-01-17T15:00Z', '`` is no time zone'],
  ['0 6 * * *', '+02:00', '2026-01-17T15:00Z', '`+02:00` is no time zone'],
  ['2026-01-18T00:00:00', 'UTC', '2026-01-17T15:00Z', 'it does not have five fields'],
])('%s in %s, after %s', (cron, timezone, after, expected) => {
  const next = nextCronTime(cron, timezone, Date.parse(after));
  const told = !next.ok
    ? next.error
    : next.value === undefined
      ? 'never'
      : new Date(next.value).toISOString();
  expect(told).toBe(expected);
});

/** The times that follow one another. */
function due(cron: string, timezone: string, after: string, count: number): readonly string[] {
  const found: string[] = [];
  let at = Date.parse(after);
  while (found.length < count) {
    const next = nextCronTime(cron, timezone, at);
    if (!next.ok || next.value === undefined) break;
    at = next.value;
    found.push(new Date(at).toISOString().replace(':00.000Z', 'Z'));
  }
  return found;
}

test.each([
  ['0 6 * * mon', 'UTC', '2026-11-29T10:00Z', ['2026-11-30T06:00Z', '2026-12-07T06:00Z']],
  // A time that is due is not due again after itself.
  ['0 6 * * mon', 'UTC', '2026-11-30T06:00Z', ['2026-12-07T06:00Z']],
  ['0 6 * * *', 'Asia/Kolkata', '2026-11-29T00:00Z', ['2026-11-29T00:30Z', '2026-11-30T00:30Z']],
  ['@daily', 'America/New_York', '2026-11-29T10:00Z', ['2026-11-30T05:00Z']],
  ['0 0 29 2 *', 'UTC', '2026-11-29T10:00Z', ['2028-02-29T00:00Z', '2032-02-29T00:00Z']],
  // In spring the clock leaps from 2:00 to 3:00: what was due between is due at the end of the leap.
  ['30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00Z', ['2026-03-29T01:00Z', '2026-03-30T00:30Z']],
  ['30 2 * * *', 'America/New_York', '2026-03-07T12:00Z', ['2026-03-08T07:00Z', '2026-03-09T06:30Z']],
  ['0 3 * * *', 'Europe/Berlin', '2026-03-28T12:00Z', ['2026-03-29T01:00Z', '2026-03-30T01:00Z']],
  ['0 * * * *', 'Europe/Berlin', '2026-03-29T00:00Z', ['2026-03-29T01:00Z', '2026-03-29T02:00Z']],
  // In autumn the hour from 2:00 comes twice: it is due once, but with an hour of `*` in both.
  ['30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00Z', ['2026-10-25T00:30Z', '2026-10-26T01:30Z']],
  [
    '0 * * * *',
    'Europe/Berlin',
    '2026-10-24T23:30Z',
    ['2026-10-25T00:00Z', '2026-10-25T01:00Z', '2026-10-25T02:00Z'],
  ],
  ['*/30 * * * *', 'Europe/Berlin', '2026-10-25T00:00Z', ['2026-10-25T00:30Z', '2026-10-25T01:00Z']],
  // Half an hour, on Lord Howe Island.
  ['45 1 * * *', 'Australia/Lord_Howe', '2026-04-04T00:00Z', ['2026-04-04T14:45Z', '2026-04-05T15:15Z']],
])('%s in %s after %s is due at %j', (cron, timezone, after, expected) => {
  expect(due(cron, timezone, after, expected.length)).toEqual(expected);
});

test('any text is a schedule or none, and is never due at the time that it is asked after', () => {
  const cron = fc.oneof(fc.string(), fc.stringMatching(/^[0-9*/,-]{1,4}(?: [0-9*/,-]{1,3}){4}$/));
  const timezone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/Havana', 'nowhere');
  const after = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) });
  fc.assert(
    fc.property(cron, timezone, after, (text, zone, at) => {
      const next = nextCronTime(text, zone, at);
      if (next.ok && next.value !== undefined) expect(next.value).toBeGreaterThan(at);
      if (zone === 'nowhere') expect(next.ok).toBe(false);
    }),
    { numRuns: 50 },
  );
});
