// Tests when schedules are due, over the days on which clocks are changed too.
import { expect, test } from 'vitest';
import { nextDue, tickOf } from '../../../src/surfaces/sources/schedule.ts';

/** The times that follow one another. */
function due(cron: string, timezone: string, after: string, count: number): readonly string[] {
  const found: string[] = [];
  let at: number | undefined = Date.parse(after);
  while (found.length < count) {
    at = nextDue({ cron, timezone }, at);
    if (at === undefined) break;
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

test.each([
  ['60 * * * *', 'UTC'],
  ['0 0 31 2 *', 'UTC'],
  ['0 6 * * *', 'Mars/Base'],
])('%s in %s is never due', (cron, timezone) => {
  expect(nextDue({ cron, timezone }, 0)).toBeUndefined();
});

test('the event of a due time has that as its key', () => {
  const labels = { cron: '0 6 * * mon', timezone: 'UTC', due: '2026-11-30T06:00:00.000Z' };
  expect(
    tickOf({ cron: '0 6 * * mon', timezone: 'UTC' }, 'restore-drill.md', Date.UTC(2026, 10, 30, 6)),
  ).toEqual({
    source: 'schedule',
    endpoint: '',
    key: 'restore-drill.md 0 6 * * mon UTC 2026-11-30T06:00:00.000Z',
    subject: 'restore-drill.md',
    state: 'occurred',
    title: '0 6 * * mon (UTC)',
    at: '2026-11-30T06:00:00.000Z',
    labels,
    fields: { ...labels, labels },
  });
});
