// Tests how it is counted what the places of a worker had to give.
import { expect, it } from 'vitest';
import { PlaceTime } from '../../../../src/cli/serving/drives/place-time.ts';

it('counts places and what runs took of them, keeps what was given back, and nothing of a clock set back', () => {
  const begun = Date.UTC(2026, 10, 30, 23, 59, 50);
  const time = new PlaceTime(2, begun);
  time.busy(1, begun + 1_000);
  time.begin();
  time.busy(2, begun + 3_000);
  time.begin();
  time.busy(0, begun + 4_000);
  const taken = time.take(begun + 5_000);
  expect(taken).toEqual({ month: '2026-11', placeMs: 10_000, busyMs: 4_000, runs: 2 });
  time.giveBack(taken);
  time.busy(1, begun - 60_000);
  expect(time.take(begun + 10_000)).toEqual({ month: '2026-12', placeMs: 150_000, busyMs: 74_000, runs: 2 });
});
