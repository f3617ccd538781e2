// Owns reading a count from the command line.
import { InvalidArgumentError } from 'commander';

/** A whole number above zero. */
export function positiveInteger(value: string): number {
  const count = Number(value);
  if (!Number.isSafeInteger(count) || count < 1)
    throw new InvalidArgumentError('expected a whole number above zero.');
  return count;
}
