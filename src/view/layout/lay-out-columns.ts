// Owns how a table of plain text is laid out in columns.
import { displayWidth } from '../../text/display-width.ts';

/** Lines of cells, two blanks apart; the columns that `right` names by their index end in one line, the others begin in one. */
export function layOutColumns(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, displayWidth(cell));
    });
  const aligned = (cell: string, column: number): string => {
    const blanks = ' '.repeat((widths[column] ?? 0) - displayWidth(cell));
    return right.includes(column) ? blanks + cell : cell + blanks;
  };
  return rows.map((row) => `${row.map(aligned).join('  ').trimEnd()}\n`).join('');
}
