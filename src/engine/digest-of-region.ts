// Owns by what a run and a page know that a result stands there as it was written.
import { hash } from 'node:crypto';

/** SHA-256 in hexadecimal of the lines of a region, or of the row of a run, whatever their document's newlines are. */
export function digestOfRegion(lines: readonly string[]): string {
  return hash('sha256', lines.join('\n'), 'hex');
}
