// Owns the forms that a secret has in the tables that `psql` and `sqlite3` print.
import { displayWidth } from '../../text/display-width.ts';

/** Shorter lines, in bytes, are looked for only where a secret has no longer ones: they are common in other texts. */
export const shortestLineBytes = 8;
const tabWidth = 8;

/** Every control character but the tab, which all fill up with blanks. */
const controls = /[\0-\x08\n-\x1f]/g;

/** How a line is shown: whole, or in pieces, each on a line of its own, which a table may put other columns between. */
const shownLines: readonly ((line: string) => readonly string[])[] = [
  (line) => line.split(controls),
  // psql.
  (line) => [
    line
      .replaceAll('\r', '\\r')
      .replace(/[\0-\x08\n-\x1f\x7f]/g, (one) => `\\x${hexadecimal(one, 2)}`)
      .replace(/[\x80-\x9f]/g, (one) => `\\u${hexadecimal(one, 4)}`),
  ],
  // sqlite3 from 3.50 on.
  (line) => [
    line.replace(/\r$/, '').replace(controls, (one) => `^${String.fromCharCode(one.charCodeAt(0) + 64)}`),
  ],
];

function hexadecimal(character: string, digits: number): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(digits, '0');
}

/** The lines of a secret as a table shows them, where that is not as they are; tabs filled up from any column. */
export function tableForms(secret: string): string[] {
  if (!/[\0-\x1f\x7f-\x9f]/.test(secret)) return [];
  const lines = secret.split('\n');
  const long = lines.filter((line) => new TextEncoder().encode(line).length >= shortestLineBytes);
  const forms = (long.length > 0 ? long : lines).flatMap((line) =>
    shownLines.flatMap((piecesOf) =>
      piecesOf(line).flatMap((piece, index) =>
        // Only the first can have other text before it.
        fillTabs(piece, line === lines[0] && index === 0 ? tabWidth : 1),
      ),
    ),
  );
  return [...new Set(forms)];
}

/** With the line beginning at each of the first columns; clients count characters, or the columns that they take. */
function fillTabs(line: string, columns: number): string[] {
  if (!line.includes('\t')) return [line];
  return [() => 1, displayWidth].flatMap((widthOf) =>
    Array.from({ length: columns }, (_, start) => {
      let column = start;
      return line.replace(/./gsu, (character) => {
        const width = character === '\t' ? tabWidth - (column % tabWidth) : widthOf(character);
        column += width;
        return character === '\t' ? ' '.repeat(width) : character;
      });
    }),
  );
}
