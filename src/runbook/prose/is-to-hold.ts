// Owns what the words of a list, and those that lead to it, say of its items: work, or what something else does.
import { asksByHand } from './asks-by-hand.ts';
import { toolForHands } from './by-hand-forms.ts';

/** `The script does the following:`: nobody is told to do that. */
const describes =
  /\b(?:does|(?<!\byou )will|performs?|executes?|includes?|consists? of|involves?|means|happens|would|can|may|could|should (?:see|get|show))\b[^.]*[:：]\s*$|\b(?:output|result|expected|example)s?\b[^.]*[:：]\s*$/i;

/** Whether words that lead to a list say that it is about what something does or shows. */
export function describesWork(lead: string): boolean {
  return describes.test(lead);
}

/** Whether words that lead to a list say that all of it is to be done by hand: `Now in the console:`. */
export function sendsToHands(lead: string): boolean {
  return (
    /[:：]\s*$/.test(lead) &&
    (toolForHands.test(lead.toLowerCase()) || /\b(?:manually|by hand)\b/i.test(lead))
  );
}

/** A statement: `The change is approved.`, `No errors in the dashboard.` */
const states =
  /\b(?:is|are|was|were|has|have|had|been|must|exists?)\b|^(?:no|all|every|each|none|nobody|only)\b/i;
const checks = /^(?:verify|confirm|ensure|make sure|check|validate)\b/i;

/** What a machine has, or a page to read. */
const lists = /\binstalled\b|\bversions?\b|\bv?\d+\.\d+|^\[[^\]]*\]\([^)]*\)\W*$|https?:\/\/\S+$/i;

/** Whether an item, as plain text, is something that has to hold or to be done; no list of programs or pages is. */
export function isToHold(item: string): boolean {
  if (lists.test(item) || /[:：]$/.test(item)) return false;
  // What the authors have done is nothing to hold.
  const said = item.replace(/\bwe (?:have|are|had)\b/gi, '');
  return states.test(said) || checks.test(item) || asksByHand(item).length > 0;
}
