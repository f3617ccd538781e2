import { expect, test } from 'vitest';
import { tickOf } from '../../../src/surfaces/sources/tick-of.ts';

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
