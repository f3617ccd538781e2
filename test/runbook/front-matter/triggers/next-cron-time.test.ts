import { expect, test } from 'vitest';
import { nextCronTime } from '../../../../src/runbook/front-matter/triggers/next-cron-time.ts';

test.each([
  ['0 6 * * mon', 'UTC', '2026-01-17T15:00Z', '2026-01-19T06:00:00.000Z'],
  ['0 6 * * mon', 'Europe/Berlin', '2026-07-13T04:00Z', '2026-07-20T04:00:00.000Z'],
  ['@daily', 'Europe/Berlin', '2026-01-17T15:00Z', '2026-01-17T23:00:00.000Z'],
  ['0 0 30 2 *', 'UTC', '2026-01-17T15:00Z', 'never'],
  ['0 25 * * *', 'UTC', '2026-01-17T15:00Z', 'invalid value for hour: 25'],
  ['0 0 6 * * mon', 'UTC', '2026-01-17T15:00Z', 'it does not have five fields'],
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
