import { describe, expect, test } from 'vitest';
import { parseDuration } from '../../src/runbook/parse-duration.ts';

describe('parseDuration', () => {
  test.each([
    ['500ms', 500],
    ['30s', 30_000],
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['1h 30m', 5_400_000],
    ['1.5h', 5_400_000],
    ['2d', 172_800_000],
    ['0s', 0],
    [' 10S ', 10_000],
  ])('%j is %d ms', (text, durationMs) => {
    expect(parseDuration(text)).toBe(durationMs);
  });

  test.each(['', '30', 's', '-1s', '1w', '1m and more', '1e3s', `${'9'.repeat(30)}d`])(
    '%j is none',
    (text) => {
      expect(parseDuration(text)).toBe(undefined);
    },
  );
});
