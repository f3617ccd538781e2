// Owns what a misspelt heading of a section was most likely meant to be.

import { closestName } from '../../text/closest-name.ts';
import { isPrintableAscii } from '../../text/is-printable-ascii.ts';

/** The words that make a section of a heading, and that people misspell. */
const keys = (
  'rollback revert downgrade failback contingency fallback verification verify validation validate prerequisites ' +
  'prerequisite preconditions requirements troubleshooting diagnosis investigation procedure procedures mitigation ' +
  'remediation resolution cleanup teardown'
).split(' ');

/** Endings of the same word in another form, which is no slip. */
const inflection = /^(?:s|d|r|ed|es|er|ing|ion|ions|or|able)$/;

/** A heading, normalised, with its misspelt words put right; `undefined` where none is near to a word of a section. */
export function correctHeading(normal: string): string | undefined {
  if (!isPrintableAscii(normal)) return undefined;
  let isCorrected = false;
  const words = normal.split(' ').map((word) => {
    // Looked at first, since to find the nearest of all takes longer, and few words are a slip of any.
    const isOne = word.length >= 6 && !keys.includes(word) && keys.some((key) => isSlip(word, key));
    const meant = isOne ? closestName(word, keys) : undefined;
    if (meant === undefined || !isSlip(word, meant)) return word;
    isCorrected = true;
    return meant;
  });
  return isCorrected ? words.join(' ') : undefined;
}

/** True where a word is a slip of the other: one letter too many, too few, wrong or swapped; two in long words. */
function isSlip(word: string, meant: string): boolean {
  if (word[0] !== meant[0]) return false;
  let start = 0;
  while (start < word.length && word[start] === meant[start]) start += 1;
  let end = 0;
  while (end < Math.min(word.length, meant.length) - start && word.at(-1 - end) === meant.at(-1 - end))
    end += 1;
  const [left, right] = [word.slice(start, word.length - end), meant.slice(start, meant.length - end)];
  const isLong = word.length > 10;
  if (left.length > (isLong ? 3 : 2) || right.length > (isLong ? 3 : 2)) return false;
  const isSwap = left.length === 2 && left === [...right].reverse().join('');
  return (isLong || isSwap || (left.length <= 1 && right.length <= 1)) && !isInflected(word, meant);
}

function isInflected(word: string, meant: string): boolean {
  const stem = meant.replace(/(?:y|e|s)$/, '');
  return word.startsWith(stem) && inflection.test(word.slice(stem.length));
}
