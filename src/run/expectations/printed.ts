// Owns what a block printed as its expectations read it: the very text, with what masks it where it is told.
import { type MaskedText, ownText } from '../masking/redactor.ts';

/** What was printed, secrets as they are: to be compared, and never to be kept, shown or sent. */
export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
  readonly mask: (text: string) => MaskedText;
}

/** So many bytes of each stream are compared; what is longer is compared by its beginning. */
export const comparedBytes = 4 * 1024 * 1024;

/** Of an output of which only what may be told is left. */
export function printedAsTold(stdout: MaskedText, stderr: MaskedText = ownText('')): Printed {
  return { stdout, stderr, mask: ownText };
}
