// Owns the way from a line of an emulated terminal to text with colours and nothing else.
import type { IBufferCell, IBufferLine } from '@xterm/headless';
import { displayWidth } from '../../../text/display-width.ts';
import type { ColourLevel } from '../../../view/layout/palette.ts';

/** Reads lines cell by cell: whatever a program sent, only characters and SGR (ECMA-48) come out. */
export class CellReader {
  readonly #level: ColourLevel;
  #cell: IBufferCell | undefined;

  constructor(level: ColourLevel) {
    this.#level = level;
  }

  /** The line without blanks at its end; empty when there is none. */
  read(line: IBufferLine | undefined): string {
    if (!line) return '';
    let text = '';
    let kept = 0;
    let style = '';
    for (let column = 0; column < line.length; column += 1) {
      const cell = line.getCell(column, this.#cell);
      if (!cell) break;
      this.#cell = cell;
      const width = cell.getWidth();
      // The second half of a wide character.
      if (width === 0) continue;
      const next = this.#level === 0 ? '' : this.#styleOf(cell);
      if (next !== style) {
        text += next === '' ? '\u001b[0m' : `\u001b[0;${next}m`;
        style = next;
      }
      const characters = cell.getChars();
      text += shownIn(characters, width);
      if (characters.trim() !== '' || cell.isBgDefault() === false || cell.isInverse()) kept = text.length;
    }
    const trimmed = text.slice(0, kept);
    return style === '' && !trimmed.includes('\u001b') ? trimmed : trimmed && `${trimmed}\u001b[0m`;
  }

  #styleOf(cell: IBufferCell): string {
    if (cell.isAttributeDefault()) return '';
    const codes: string[] = [];
    if (cell.isBold()) codes.push('1');
    if (cell.isDim()) codes.push('2');
    if (cell.isItalic()) codes.push('3');
    if (cell.isUnderline()) codes.push('4');
    if (cell.isInverse()) codes.push('7');
    if (cell.isStrikethrough()) codes.push('9');
    if (cell.isFgPalette()) codes.push(...this.#paletteCode(cell.getFgColor(), 30));
    else if (cell.isFgRGB()) codes.push(...this.#rgbCode(cell.getFgColor(), 38));
    if (cell.isBgPalette()) codes.push(...this.#paletteCode(cell.getBgColor(), 40));
    else if (cell.isBgRGB()) codes.push(...this.#rgbCode(cell.getBgColor(), 48));
    return codes.join(';');
  }

  /** The first sixteen colours have codes of their own; the others need a terminal that knows 256. */
  #paletteCode(colour: number, base: 30 | 40): string[] {
    if (colour < 8) return [String(base + colour)];
    if (colour < 16) return [String(base + 60 + colour - 8)];
    return this.#level === 2 ? [`${base + 8};5;${colour}`] : [];
  }

  #rgbCode(colour: number, base: 38 | 48): string[] {
    if (this.#level < 2) return [];
    // Terminals that know 256 colours are many more than those that know all.
    const cube = [colour >> 16, colour >> 8, colour].map((part) => Math.round(((part & 0xff) / 255) * 5));
    const [red = 0, green = 0, blue = 0] = cube;
    return [`${base};5;${16 + 36 * red + 6 * green + blue}`];
  }
}

/** What a cell holds, as wide as the cell: where its program has drawn over half of it, a stand-in keeps the columns. */
function shownIn(characters: string, columns: number): string {
  const width = displayWidth(characters);
  if (width === columns) return characters;
  if (width > columns) return '\ufffd'.padEnd(columns);
  return (width === 0 ? '' : characters) + ' '.repeat(columns - width);
}
