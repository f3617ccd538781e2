// Owns whether words ask for nothing but to tell somebody.
import { asksByHand } from './asks-by-hand.ts';

/** What goes on behind a comma or an `and` without an order of its own: whom else to tell, and of what. */
const goesOn =
  /^(?:(?:the|a|an|your|our|all|any|every|about|of|on|in|to|by|with|that|what|why|when|where|who|so|it|this|we|you|they)\b|[#@`])/;

/** Whether a text, as plain text, only says whom to tell; where it orders anything else as well, it does not. */
export function onlyTells(paragraph: string): boolean {
  const sentences = paragraph
    .trim()
    .replace(/\s+/g, ' ')
    .toLowerCase()
    .split(/(?<=[.!?])\s+/);
  return sentences.every((sentence) => {
    if (!isTelling(sentence)) return false;
    const [, ...others] = sentence.split(/;\s*|,?\s+(?:and then|then|and|or)\s+|,\s+/);
    return others.every((clause) => goesOn.test(clause) || isTelling(clause));
  });
}

function isTelling(text: string): boolean {
  const asked = asksByHand(text);
  return asked.length > 0 && asked.every(({ asks }) => asks === 'tells');
}
