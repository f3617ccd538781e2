// Owns finding which of many ranges hold a place.
import { partitionPoint } from './partition-point.ts';

interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds those of `ranges` that hold an offset, the start included and the end not, in the order of their starts; without
 * looking at all of them for each offset. Ranges may lie within one another.
 */
export function rangesAt<Found extends Range>(
  ranges: readonly Found[],
): (offset: number) => readonly Found[] {
  const sorted = ranges.toSorted((left, right) => left.start - right.start);
  // How far any range reaches that begins there or before.
  const reaches: number[] = [];
  for (const { end } of sorted) reaches.push(Math.max(end, reaches.at(-1) ?? 0));
  return (offset) => {
    const found: Found[] = [];
    const begun = partitionPoint(sorted, ({ start }) => start <= offset);
    for (let index = begun - 1; index >= 0 && (reaches[index] ?? 0) > offset; index -= 1) {
      const range = sorted[index];
      if (range !== undefined && range.end > offset) found.push(range);
    }
    return found.reverse();
  };
}
