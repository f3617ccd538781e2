// Owns how an item of a checklist is named where its box is to be ticked.
import { visibleText } from '../../text/visible-text.ts';

/** An item as its page has it. */
interface Entry {
  readonly text: string;
  readonly ticked: boolean;
}

/** The text of an item; a box that only the page has ticked says so, as it is still to be ticked. */
export function entryWords({ text, ticked }: Entry, isTicked: boolean): string {
  return ticked && !isTicked ? `${visibleText(text)} (ticked in the page)` : visibleText(text);
}
