// Owns telling without a parse that a text in Markdown cannot say a word.

/** Where a word could go on behind a link, an image or a tag, or stand there by a reference, or in other letters. */
const isUnclear = /[)>](?![\s.,;:!?)\]>]|$)|\](?![\s.,;:!?()\]>]|$)|&|[^\u0000-\u007f]/;

/**
 * False where no word that a reader sees of a text has these letters in a row, in any case. `letters` is a pattern of ASCII
 * letters in lower case and nothing else, so that it is in no two words at once. It may be true where there are none.
 */
export function maySay(written: string, letters: RegExp): boolean {
  return isUnclear.test(written) || letters.test(written.toLowerCase().replace(/[^a-z]+/g, ''));
}
