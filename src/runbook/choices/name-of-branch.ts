// Owns the name of a way that has no heading.

/** Longer ones are no names that one types. */
const longest = 40;

/** The words of a title, joined; the number of the way where there are none, or where a way before it has them. */
export function nameOfBranch(title: string, number: number, taken: ReadonlySet<string>): string {
  const words = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, longest)
    .replace(/^-+|-+$/g, '');
  return words === '' || taken.has(words) ? `way-${number}` : words;
}
