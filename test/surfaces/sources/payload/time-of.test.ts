// Tests reading the times of payloads.
import { expect, test } from 'vitest';
import { timeOf } from '../../../../src/surfaces/sources/payload/time-of.ts';

test.each([
  ['2026-11-29T09:42:39Z', '2026-11-29T09:42:39.000Z'],
  ['2026-11-29T09:42:39.123456789+01:00', '2026-11-29T08:42:39.123Z'],
  ['2026-11-29', undefined],
  ['2026-13-29T09:42:39Z', undefined],
  ['yesterday', undefined],
  [undefined, undefined],
])('%s is %s', (text, time) => {
  expect(timeOf(text)).toBe(time);
});
