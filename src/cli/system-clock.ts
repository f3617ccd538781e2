// Owns the real clocks.
import { startTimer } from '../engine/start-timer.ts';
import type { Clock } from '../run/clock.ts';

export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) {
        resolve();
        return;
      }
      const done = (): void => {
        timer.stop();
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = startTimer(done, ms);
      signal.addEventListener('abort', done, { once: true });
    }),
};
