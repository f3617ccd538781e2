import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rateTurn } from '../../../src/run/triggers/rate-turn.ts';

test.each([
  [{ count: 2, perMs: 100 }, [], 5, 5],
  [{ count: 2, perMs: 100 }, [1], 5, 5],
  [{ count: 2, perMs: 100 }, [4, 1], 5, 101],
  [{ count: 2, perMs: 100 }, [1, 4, 3], 5, 103],
  [{ count: 1, perMs: 100 }, [1], 101, 101],
])('%j after %j at %d begins at %d', (rate, starts, now, turn) => {
  expect(rateTurn(rate, starts, now)).toBe(turn);
});

test('no stretch of that length ever sees more starts, and none waits longer than it has to', () => {
  const rate = fc.record({ count: fc.integer({ min: 1, max: 4 }), perMs: fc.integer({ min: 1, max: 50 }) });
  fc.assert(
    fc.property(rate, fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 20 }), (given, gaps) => {
      const starts: number[] = [];
      let now = 0;
      for (const gap of gaps) {
        now = Math.max(now + gap, starts.at(-1) ?? 0);
        const turn = rateTurn(given, starts, now);
        const within = (at: number) => starts.filter((start) => start > at - given.perMs).length;
        expect(turn).toBeGreaterThanOrEqual(now);
        expect(within(turn)).toBeLessThan(given.count);
        if (turn > now) expect(within(turn - 1)).toBe(given.count);
        starts.push(turn);
      }
    }),
  );
});
