// Owns how a stranger's text is cited in a sentence for people.
import { shorten } from '../../text/shorten.ts';
import { visibleText } from '../../text/visible-text.ts';

/** Its beginning between backticks, with nothing in it that a terminal or a page would act on; empty ones by a word. */
export function citedText(text: string): string {
  return text === '' ? 'empty' : `\`${visibleText(shorten(text)).replaceAll('`', "'")}\``;
}
