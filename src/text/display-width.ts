// Owns how many columns text takes on a terminal, and where it may be cut.
import stringWidth from 'string-width';

/** One column each: ASCII, European letters, dashes and quotes, arrows, lines and blocks, and the marks ✓ to ✘. */
const narrow =
  '\\u0020-\\u007e\\u00a1-\\u00ac\\u00ae-\\u02ff\\u2010-\\u2027\\u2190-\\u21ff\\u2500-\\u259f\\u2713-\\u2718';
/** Two columns each: the signs of Chinese and Japanese, and the punctuation between them. */
const wide =
  '[\\u3001-\\u3003\\u3008-\\u3011\\u3041-\\u3096\\u30a1-\\u30fa\\u4e00-\\u9fff\\uff01\\uff08\\uff09\\uff0c\\uff1a\\uff1b\\uff1f]';
/** Two columns each: what is an emoji by itself, or made one by U+FE0F, and goes on with nothing. */
const emoji =
  '(?![\\p{Regional_Indicator}\\p{Emoji_Modifier}])\\p{Emoji_Presentation}\\uFE0F?|(?![\\p{Emoji_Presentation}#*\\d])\\p{Emoji}\\uFE0F';

/**
 * Most of what comes is made of these, each a character to the reader by UAX #29. It is measured without a segmenter
 * and without the list of all emoji, which take 9 and 30 ms to make.
 */
const plain = new RegExp(`^[${narrow}]*$`);
const simple = new RegExp(`^(?:${emoji}|${wide}|[${narrow}])*$`, 'u');
const doubles = new RegExp(`${emoji}|${wide}`, 'gu');
const characters = /.\uFE0F?/gsu;
let segmenter: Intl.Segmenter | undefined;

/** Columns that `text` takes: wide characters count two, combining marks and control characters none. */
export function displayWidth(text: string): number {
  if (plain.test(text)) return text.length;
  if (!simple.test(text)) return stringWidth(text);
  return graphemes(text).length + (text.match(doubles)?.length ?? 0);
}

/** The characters of `text` as a reader sees them; a letter and its marks, or an emoji of many parts, are one. */
export function graphemes(text: string): string[] {
  if (plain.test(text)) return text.split('');
  if (simple.test(text)) return text.match(characters) ?? [];
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** The longest beginning of `text` that fits into `columns`, with `…` at its end when something was cut. */
export function fitText(text: string, columns: number, ellipsis = '…'): string {
  if (displayWidth(text) <= columns) return text;
  const room = columns - displayWidth(ellipsis);
  let fitted = '';
  let width = 0;
  for (const grapheme of graphemes(text)) {
    width += displayWidth(grapheme);
    if (width > room) break;
    fitted += grapheme;
  }
  return room < 0 ? '' : fitted + ellipsis;
}
