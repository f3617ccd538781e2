// Owns how a table of plain text is laid out in columns.
import { displayWidth, fitText } from '../../text/display-width.ts';

/** A line that has to fit: columns of the terminal, and which columns of the table give way, the first one first. */
export interface Fit {
  readonly width: number;
  readonly cut: readonly number[];
}

/** No column is cut to less than this. */
const narrowest = 8;

/**
 * Lines of cells, two blanks apart; the columns that `right` names by their index end in one line, the others begin in
 * one. Lines that would be wider than `fit` are made to fit, as far as the columns that may be cut allow.
 */
export function layOutColumns(
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
  fit?: Fit,
): string {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, displayWidth(cell));
    });
  if (fit !== undefined) cutTo(widths, fit);
  const aligned = (cell: string, column: number): string => {
    const shown = fitText(cell, widths[column] ?? 0);
    const blanks = ' '.repeat((widths[column] ?? 0) - displayWidth(shown));
    return right.includes(column) ? blanks + shown : shown + blanks;
  };
  return rows.map((row) => `${row.map(aligned).join('  ').trimEnd()}\n`).join('');
}

function cutTo(widths: number[], { width, cut }: Fit): void {
  let over = widths.reduce((sum, one) => sum + one + 2, -2) - width;
  for (const column of cut) {
    const now = widths[column];
    if (over <= 0 || now === undefined) continue;
    const less = Math.max(Math.min(now, narrowest), now - over);
    over -= now - less;
    widths[column] = less;
  }
}
