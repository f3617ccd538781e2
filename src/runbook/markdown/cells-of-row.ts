// Owns taking the row of a table apart.

/** The cells of a row as they are written, also within a quote. */
export function cellsOfRow(line: string): readonly string[] {
  const row = line
    .trim()
    .replace(/^(?:>\s*)+/, '')
    .replace(/^\||(?<!\\)\|$/g, '');
  return row.split(/(?<!\\)\|/).map((cell) => cell.replaceAll('\\|', '|').trim());
}
