// Owns what a sentence orders, without the words that may stand before its verb.

const word =
  '(?:please|then|now|next|first(?:ly)?|finally|lastly|also|and|afterwards?|manually|again|at last|in the end|after that)';

/** `Once the node is drained, …`, `In the console, …`. */
const circumstance =
  '(?:once|when|after|before|as soon as|while|in|on|at|from|under|within|inside|via|through|for (?:each|every))';

/** `Action: …`, `In the console: …`; of other labels none is known to say that something is to be done. */
const label =
  '(?:actions?(?: items?| needed| required)?|manual(?: step| action| task)?|by hand|steps?(?: \\d+)?|tasks?|to ?-?do|do|operator|dba|on-?call|human|(?:in|on|from|under) [^.:;,]{2,60})';

/** `You must now switch …` */
const duty = "(?:you|we)(?:'ll)? (?:must|have to|need to|will (?:have|need) to|are to)";

/** What may stand before the verb. */
const leadOfOrder = new RegExp(
  `^(?:(?:[-–—>*]|\\d{1,2}[.)])\\s+|${word},?\\s+|${circumstance}\\s[^,.;:]{2,80},\\s+|${label}:\\s+|${duty} )*`,
);

/** The order of a sentence, in lower case, from its first word on; the whole sentence where it may be none. */
export function orderOf(sentence: string): string {
  return sentence.replace(leadOfOrder, '');
}

/** The first word of an order. */
export function verbOf(order: string): string {
  return /^[a-z]+(?:-[a-z]+)?/.exec(order)?.[0] ?? '';
}

/** It is left open whether anything is to be done. */
export const isOpen =
  /\b(?:if|unless|in case|when(?:ever)? (?:needed|necessary|required|appropriate)|as (?:needed|necessary)|optional(?:ly)?|alternatively|instead|may|might|can|could|should you|want|wish|prefer|e\.g|example|instance|such as|either|or|never|not|n't|avoid|would)\b/;

/** A note is about what is done, and nothing to do. */
export const isAside =
  /^\s*(?:!!!|\?\?\?|:::|[*_]{0,2}(?:note|notes|important|tip|hint|info|warning|caution|attention|nb)\b)/i;
