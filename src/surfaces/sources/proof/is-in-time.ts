// Owns how old a signed delivery may be.

/** As long as a delivery that somebody recorded could be told again. */
const windowMs = 300_000;

/** Whether a header's time, in whole seconds since 1970, is within five minutes of when the delivery came. */
export function isInTime(seconds: string, receivedAt: number): boolean {
  return /^[1-9]\d{0,11}$/.test(seconds) && Math.abs(Number(seconds) * 1000 - receivedAt) <= windowMs;
}
