import { expect } from 'vitest';

/**
 * Expects that ten times the work takes less than forty times as long; what grows with the square takes a hundred
 * times. A machine that does much else at the moment lengthens some tries, so that the best of five counts.
 */
export function expectCostInProportion(work: (times: number) => void): void {
  const timeOf = (times: number) => {
    const start = performance.now();
    work(times);
    return Math.max(10, performance.now() - start);
  };
  timeOf(1);
  let growth = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 5 && growth >= 40; tries++) growth = Math.min(growth, timeOf(10) / timeOf(1));
  expect(growth).toBeLessThan(40);
}
