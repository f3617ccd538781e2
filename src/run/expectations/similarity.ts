// Owns the likeness of two texts as Innovation Engine measures it.

/** Longer texts are compared by their first part; the measure is quadratic. In characters. */
const lengthLimit = 10_000;

/**
 * Jaro similarity of two texts, 0 to 1, blanks at both ends aside: the measure behind Innovation Engine's
 * `expected_similarity` (M. A. Jaro, 1989, "Advances in record-linkage methodology").
 */
export function similarity(left: string, right: string): number {
  const one = left.trim().slice(0, lengthLimit);
  const two = right.trim().slice(0, lengthLimit);
  if (one === two) return 1;
  if (one === '' || two === '') return 0;
  const reach = Math.max(0, Math.floor(Math.max(one.length, two.length) / 2) - 1);
  const usedInTwo = new Uint8Array(two.length);
  const matchedOne: string[] = [];
  for (let index = 0; index < one.length; index += 1) {
    const end = Math.min(two.length, index + reach + 1);
    for (let other = Math.max(0, index - reach); other < end; other += 1) {
      if (usedInTwo[other] === 1 || one[index] !== two[other]) continue;
      usedInTwo[other] = 1;
      matchedOne.push(one[index] ?? '');
      break;
    }
  }
  const matches = matchedOne.length;
  if (matches === 0) return 0;
  const matchedTwo = two.split('').filter((_, index) => usedInTwo[index] === 1);
  const transposed = matchedOne.filter((letter, index) => letter !== matchedTwo[index]).length / 2;
  return (matches / one.length + matches / two.length + (matches - transposed) / matches) / 3;
}
