// Owns the guess at what a misspelt name was meant to be.
import { distance } from 'fastest-levenshtein';

/**
 * The candidate that a misspelt name most likely means, or `undefined` when none is near. Letter case does not
 * count. One edit is allowed in names of up to five letters, two up to eight, three above; a name of one letter
 * means nothing else.
 */
export function closestName(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  if (wanted.length < 2) return undefined;
  let limit = wanted.length <= 5 ? 1 : wanted.length <= 8 ? 2 : 3;
  let closest: string | undefined;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) > limit) continue;
    const edits = isSwap(wanted, candidate.toLowerCase()) ? 1 : distance(wanted, candidate.toLowerCase());
    if (edits < limit || (edits === limit && closest === undefined)) {
      limit = edits;
      closest = candidate;
    }
  }
  return closest;
}

/** True where one letter is missing, too many, another, or swapped with its neighbour, in a name of four or more. */
export function isOneSlip(name: string, meant: string): boolean {
  const [left, right] = [name.toLowerCase(), meant.toLowerCase()];
  return left.length >= 4 && right.length >= 4 && (distance(left, right) <= 1 || isSwap(left, right));
}

/** True for two neighbouring letters swapped, the commonest slip, which Levenshtein counts as two edits. */
function isSwap(left: string, right: string): boolean {
  if (left.length !== right.length) return false;
  let index = 0;
  while (index < left.length && left[index] === right[index]) index += 1;
  return (
    left[index] === right[index + 1] &&
    left[index + 1] === right[index] &&
    left.slice(index + 2) === right.slice(index + 2) &&
    index < left.length - 1
  );
}
