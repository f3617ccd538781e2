import { expect, test } from 'vitest';
import { longestTimerMs, startTimer, type TimerOptions } from '../../src/engine/start-timer.ts';

const over = (ms: number, options?: TimerOptions): Promise<number> => {
  const sinceMs = performance.now();
  return new Promise((resolve) => startTimer(() => resolve(performance.now() - sinceMs), ms, options));
};

test.each([30 * 86_400_000, longestTimerMs + 1, 2 ** 33, Number.MAX_SAFE_INTEGER, Number.POSITIVE_INFINITY])(
  '%d ms are longer than 10',
  async (ms) => {
    let isOver = false;
    const timer = startTimer(() => {
      isOver = true;
    }, ms);
    await over(10);
    timer.stop();
    expect(isOver).toBe(false);
  },
);

test('what is waited for in pieces takes as long as all of them', async () => {
  // A timer of Node may be over within the millisecond before.
  expect(await over(40, { atOnceMs: 7 })).toBeGreaterThanOrEqual(34);
});

test('is stopped in any of its pieces', async () => {
  const done: string[] = [];
  const timer = startTimer(() => done.push('stopped'), 30, { atOnceMs: 5 });
  await over(12);
  timer.stop();
  await over(40);
  expect(done).toEqual([]);
});
