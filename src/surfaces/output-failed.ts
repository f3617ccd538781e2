// Owns what becomes of output that could not be written.
import { fstatSync, writeSync } from 'node:fs';
import { errorMessage, isCodedError } from '../basics/coded-error.ts';

let isTold = false;

/**
 * A reader or a terminal that has gone away is no failure. Anything else, such as a full disk, is told on standard
 * error where that can still be written, and keeps the tool from ending with 0: what it was to print is not there.
 * `descriptor` is that of the stream, where it has one.
 */
export function outputFailed(error: unknown, descriptor?: number): void {
  if (hasGone(error, descriptor) || isTold) return;
  isTold = true;
  process.once('exit', () => {
    if (!process.exitCode) process.exitCode = 1;
  });
  try {
    writeSync(2, `error: not all of the output could be written: ${errorMessage(error)}\n`);
  } catch {
    // Nobody can be told; the exit code is left.
  }
}

/** EPIPE is a reader that has gone; EIO is a terminal that has, or a disk that is broken. */
function hasGone(error: unknown, descriptor: number | undefined): boolean {
  if (!isCodedError(error)) return false;
  return error.code === 'EPIPE' || (error.code === 'EIO' && !isFile(descriptor));
}

function isFile(descriptor: number | undefined): boolean {
  try {
    return descriptor !== undefined && fstatSync(descriptor).isFile();
  } catch {
    return false;
  }
}
