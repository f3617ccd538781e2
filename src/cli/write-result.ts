// Owns writing to the two standard streams: results on stdout, everything for people on stderr.
import { writeSync } from 'node:fs';
import { isCodedError } from '../basics/coded-error.ts';
import { outputFailed } from '../surfaces/output-failed.ts';

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
    if (!isOutBusy) outputFailed(error, 1);
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
    stream.on('error', (error) => outputFailed(error, (stream as { readonly fd?: number }).fd));
  }
  stream.write(text);
}

/** Whether text on this stream may be coloured: NO_COLOR and FORCE_COLOR decide first, then the terminal. */
export function mayColour(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  const forced = env.FORCE_COLOR;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return stream.isTTY === true && env.TERM !== 'dumb';
}
