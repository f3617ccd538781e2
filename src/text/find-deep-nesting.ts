// Owns finding lines that stand in more lists and quotes than a reader of Markdown can follow.

/** Markers of lists and quotes that a line may begin with. */
const mostMarkers = 100;
/** Each list takes two columns at least, so that no line stands in more than half as many. */
const mostColumns = 500;
const tabColumns = 4;

/** No line that begins with less than this can be too deep, tabs included. */
const candidates = /^(?:[ \t>]|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])){100,}/gm;
const markers = />|[-+*]|\d+[.)]/g;

/**
 * The beginning of the first line that is nested too deeply, by its place and length in UTF-16 units (all of them
 * ASCII). Readers of Markdown call themselves for each level, and take a time that grows with its square.
 */
export function findDeepNesting(
  text: string,
): { readonly start: number; readonly length: number } | undefined {
  for (const { 0: found, index } of text.matchAll(candidates)) {
    const beginning = found.trimEnd();
    const columns = [...beginning].reduce((sum, sign) => sum + (sign === '\t' ? tabColumns : 1), 0);
    const count = beginning.match(markers)?.length ?? 0;
    if (count > mostMarkers || (count > 0 && columns > mostColumns))
      return { start: index, length: beginning.length };
  }
  return undefined;
}
