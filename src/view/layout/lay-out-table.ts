// Owns how a table fits into a width: columns, wrapped cells, or rows as lists.
import { displayWidth } from '../../text/display-width.ts';
import type { Palette } from './palette.ts';
import { lineWidth, type StyledLine, type StyledRun, styled, unstyledText } from './styled-line.ts';
import { noIndent, wrapRuns } from './wrap-runs.ts';

/** Of a column, as Markdown has it. */
export type Alignment = 'left' | 'right' | 'center' | null | undefined;

/** Narrower columns make words fall apart; the table is then shown row by row. */
const narrowestColumn = 6;

/** Lays out rows of cells, the first row being the header. Wide characters line up. */
export function layOutTable(
  rows: readonly (readonly (readonly StyledRun[])[])[],
  alignments: readonly Alignment[],
  width: number,
  palette: Palette,
): StyledLine[] {
  const columns = Math.max(...rows.map((row) => row.length), 0);
  if (columns === 0) return [];
  const natural = Array.from({ length: columns }, (_, column) =>
    Math.max(1, ...rows.map((row) => widestLine(row[column] ?? []))),
  );
  const widths = shrink(natural, width - 3 * (columns - 1));
  return widths ? grid(rows, alignments, widths, palette) : listed(rows, width, palette);
}

function widestLine(cell: readonly StyledRun[]): number {
  const text = cell.map((piece) => piece.text).join('');
  return Math.max(...text.split('\n').map((line) => displayWidth(line.trim())));
}

/** Takes columns away where most of them are, until the table fits; undefined when it cannot. */
function shrink(natural: readonly number[], room: number): number[] | undefined {
  const widths = [...natural];
  let over = widths.reduce((sum, width) => sum + width, 0) - room;
  while (over > 0) {
    const widest = widths.indexOf(Math.max(...widths));
    const current = widths[widest] ?? 0;
    if (current <= narrowestColumn) return undefined;
    widths[widest] = current - 1;
    over -= 1;
  }
  return widths;
}

function grid(
  rows: readonly (readonly (readonly StyledRun[])[])[],
  alignments: readonly Alignment[],
  widths: readonly number[],
  { symbols }: Palette,
): StyledLine[] {
  const bar = styled(` ${symbols.bar} `, { tone: 'muted' });
  const lines: StyledLine[] = [];
  for (const [index, row] of rows.entries()) {
    const cells = widths.map((width, column) =>
      wrapRuns(index === 0 ? (row[column] ?? []).map(bold) : (row[column] ?? []), width, noIndent),
    );
    const height = Math.max(...cells.map((cell) => cell.length));
    for (let line = 0; line < height; line += 1) {
      lines.push(
        widths.flatMap((width, column) => {
          const aligned = align(cells[column]?.[line] ?? [], width, alignments[column]);
          return column === 0 ? aligned : [bar, ...aligned];
        }),
      );
    }
    if (index === 0) {
      const rule = widths.map((width) => symbols.horizontal.repeat(width));
      const joint = `${symbols.horizontal}${symbols.cross}${symbols.horizontal}`;
      lines.push([styled(rule.join(joint), { tone: 'muted' })]);
    }
  }
  return lines;
}

function align(line: StyledLine, width: number, alignment: Alignment): StyledLine {
  const missing = Math.max(0, width - lineWidth(line));
  const left = alignment === 'right' ? missing : alignment === 'center' ? Math.floor(missing / 2) : 0;
  return [styled(' '.repeat(left)), ...line, styled(' '.repeat(missing - left))];
}

/** `Header: value` lines, row by row, for tables that are too wide for their place. */
function listed(
  rows: readonly (readonly (readonly StyledRun[])[])[],
  width: number,
  { symbols }: Palette,
): StyledLine[] {
  const [header = [], ...body] = rows;
  return body.flatMap((row) =>
    row.flatMap((cell, column) => {
      const name = unstyledText(header[column] ?? []).trim();
      const label = name === '' ? [] : [styled(`${name}: `, { bold: true })];
      const mark = column === 0 ? `${symbols.bullet} ` : '  ';
      return wrapRuns([...label, ...cell], width, { first: [styled(mark)], rest: [styled('    ')] });
    }),
  );
}

function bold(piece: StyledRun): StyledRun {
  return { ...piece, style: { ...piece.style, bold: true } };
}
