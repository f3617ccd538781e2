// Owns the clock of the tool whose screens are compared: it stands still, so that every duration is shown as nothing
// and has the same width however long it took.
import type { Clock } from '../../../src/run/clock.ts';

/** Where the test says when it is, in milliseconds since 1970: the same for a run and for what takes it up again. */
export const stillClockVariable = 'STILL_CLOCK_MS';

const now = new Date(Number(process.env[stillClockVariable]));

/** In the place of the tool's clock of that name. Waiting takes the time that it takes. */
export const systemClock: Clock = {
  now: () => now,
  monotonicMs: () => 0,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};
