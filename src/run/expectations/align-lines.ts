// Owns which line of an output answers which line of the expected one, wildcards included.
import { isAnyLines, matchesLine } from './matches-output.ts';

/** One line of a comparison of two outputs. */
export interface AlignedLine {
  /** As in a unified difference; `none` for a wildcard that stands for no line at all. */
  readonly mark: ' ' | '-' | '+' | 'none';
  readonly text: string;
  /** The expected line that this one answers. */
  readonly pattern?: string;
}

const insertion = 2;
/** Dearer than a line taken away or added, cheaper than both: one line for another is the likeliest change. */
const replacement = 3;
const deletion = 2;
/** Beside a wildcard, which takes any line for nothing, an expected line would otherwise vanish unnoticed. */
const deletionBesideWildcards = 4;

/**
 * Lays two outputs side by side at the lowest cost: the classic table of distances from every place to both ends,
 * so time and memory grow with the product of the lengths. The cost is nothing exactly when the output matches.
 * A wildcard gives an entry for each line that it stands for, or one without a text where it stands for none.
 */
export function alignLines(wanted: readonly string[], found: readonly string[]): AlignedLine[] {
  const removal = wanted.some(isAnyLines) ? deletionBesideWildcards : deletion;
  const costs = new CostTable(wanted, found, removal);
  const lines: AlignedLine[] = [];
  let isOpen = false;
  let row = 0;
  let column = 0;
  while (row < wanted.length || column < found.length) {
    const pattern = wanted[row];
    const line = found[column];
    const here = costs.at(row, column);
    if (pattern !== undefined && isAnyLines(pattern)) {
      if (line === undefined || here === costs.at(row + 1, column)) {
        if (!isOpen) lines.push({ mark: 'none', text: '', pattern });
        isOpen = false;
        row += 1;
      } else {
        lines.push({ mark: ' ', text: line, pattern });
        isOpen = true;
        column += 1;
      }
    } else if (pattern !== undefined && line !== undefined && matchesLine(pattern, line)) {
      lines.push({ mark: ' ', text: line, pattern });
      row += 1;
      column += 1;
    } else {
      const isReplaced =
        pattern !== undefined && line !== undefined && here === replacement + costs.at(row + 1, column + 1);
      const isRemoved = pattern !== undefined && here === removal + costs.at(row + 1, column);
      if (pattern !== undefined && (isReplaced || isRemoved)) {
        lines.push({ mark: '-', text: pattern });
        row += 1;
      }
      if (line !== undefined && (isReplaced || !isRemoved)) {
        lines.push({ mark: '+', text: line });
        column += 1;
      }
    }
  }
  return lines;
}

/** What it costs to make the rest of the one the rest of the other, for every pair of places. */
class CostTable {
  readonly #costs: Uint32Array;
  readonly #width: number;

  constructor(wanted: readonly string[], found: readonly string[], removal: number) {
    this.#width = found.length + 1;
    this.#costs = new Uint32Array((wanted.length + 1) * this.#width);
    for (let row = wanted.length; row >= 0; row -= 1)
      for (let column = found.length; column >= 0; column -= 1)
        this.#costs[row * this.#width + column] = this.#least(wanted, found, removal, row, column);
  }

  at(row: number, column: number): number {
    return this.#costs[row * this.#width + column] ?? 0;
  }

  #least(
    wanted: readonly string[],
    found: readonly string[],
    removal: number,
    row: number,
    column: number,
  ): number {
    const pattern = wanted[row];
    const line = found[column];
    if (pattern === undefined) return insertion * (found.length - column);
    const without = this.at(row + 1, column);
    if (isAnyLines(pattern))
      return line === undefined ? without : Math.min(without, this.at(row, column + 1));
    if (line === undefined) return removal + without;
    const both = this.at(row + 1, column + 1);
    if (matchesLine(pattern, line)) return both;
    return Math.min(removal + without, insertion + this.at(row, column + 1), replacement + both);
  }
}
