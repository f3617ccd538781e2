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
