// Owns cutting text into its words.
import { isPrintableAscii } from './is-printable-ascii.ts';

/** The runs of letters and digits of a text, of whatever writing; an empty one where it begins or ends otherwise. */
export function wordsOf(text: string): string[] {
  return text.split(isPrintableAscii(text) ? /[^A-Za-z0-9]+/ : /[^\p{L}\p{N}]+/u);
}
