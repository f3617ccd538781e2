// Owns writing to the two standard streams: results on stdout, everything for people on stderr.
import { writeSync } from 'node:fs';
import { errorMessage, isCodedError } from '../basics/coded-error.ts';

const watched = new Set<NodeJS.WriteStream>();

let isOutBusy = false;

/**
 * Writes a result. A reader that went away (`| head`) ends the writing quietly. What the other end takes at once is
 * written at once: setting up `process.stdout` takes longer than many a command.
 */
export function writeResult(text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  try {
    while (!isOutBusy && written < bytes.length) written += writeSync(1, bytes, written);
  } catch (error) {
    isOutBusy = isCodedError(error) && error.code === 'EAGAIN';
    if (!isOutBusy) complain(error);
  }
  if (isOutBusy) write(process.stdout, bytes.subarray(written));
}

/** Writes something for people. */
export function writeMessage(text: string): void {
  write(process.stderr, text);
}

function write(stream: NodeJS.WriteStream, text: string | Uint8Array): void {
  if (!watched.has(stream)) {
    watched.add(stream);
    stream.on('error', complain);
  }
  stream.write(text);
}

/** A reader or a terminal that has gone is no error of ours; anything else is said where it still can be. */
function complain(error: unknown): void {
  const hasGone = isCodedError(error) && (error.code === 'EPIPE' || error.code === 'EIO');
  if (!hasGone) writeSync(2, `runsheet: cannot write: ${errorMessage(error)}\n`);
}

/** Whether text on this stream may be coloured: NO_COLOR and FORCE_COLOR decide first, then the terminal. */
export function mayColour(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  const forced = env.FORCE_COLOR;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return stream.isTTY === true && env.TERM !== 'dumb';
}
