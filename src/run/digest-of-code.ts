// Owns the digest by which all that is told of a run names the code of a block.
import { hash } from 'node:crypto';

/**
 * The first 12 hexadecimal digits of the SHA-256 of the code as UTF-8: prompts taken off, lines
 * parted by `\n`, as it is in a plan or as the operator has edited it. Placeholders stay names, so that no digest tells a value: what they stood
 * for is with the run's inputs, and whoever holds the page can compute the digest from it.
 */
export function digestOfCode(code: string): string {
  return hash('sha256', code, 'hex').slice(0, 12);
}
