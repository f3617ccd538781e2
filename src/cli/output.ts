// Owns writing to the two standard streams: results on stdout, everything for people on stderr.
import { writeSync } from 'node:fs';

const watched = new Set<NodeJS.WriteStream>();

/** Writes a result. A reader that went away (`| head`) ends the writing quietly. */
export function writeOut(text: string): void {
  write(process.stdout, text);
}

/** Writes something for people. */
export function writeError(text: string): void {
  write(process.stderr, text);
}

/** A reader or a terminal that has gone is no error of ours; anything else is said where it still can be. */
function write(stream: NodeJS.WriteStream, text: string): void {
  if (!watched.has(stream)) {
    watched.add(stream);
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'EIO')
        writeSync(2, `runsheet: cannot write: ${error.message}\n`);
    });
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
