// Owns what a terminal would be left showing of a program's output, as plain lines.

/** Cursor columns and repeat counts beyond this are a program's mistake or an attack on memory. */
const columnLimit = 2_000;

/**
 * Plain lines of text that was meant for a terminal. Carriage returns and backspaces overwrite, so that a
 * progress bar leaves its last state; cursor movement by rows and erasing within a line are obeyed; colours,
 * titles, links and every other escape sequence (ECMA-48) vanish. What is left of control characters, and the
 * invisible characters that turn or hide text, are shown by visible stand-ins. Blanks at line ends and empty
 * lines at the end are dropped.
 */
export function screenLines(text: string): string[] {
  // Colours and network line ends are most of what programs print, and need no screen to be understood.
  const simple = text.replace(/\u001b\[[\d;]*m|\r(?=\n)/gu, '');
  const lines = /[\r\b\u001b]/u.test(simple) ? play(simple) : simple.split('\n');
  const shown = lines.map((line) => showInvisible(line).replace(/[ \t]+$/u, ''));
  while (shown.length > 0 && shown.at(-1) === '') shown.pop();
  return shown;
}

/** Characters that a reader could not see or that would turn others around; see Unicode TR 36 and TR 9. */
const invisible =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** Writes control characters as pictures (`␀`) and the other invisible ones as their code (`\u{202e}`). */
export function showInvisible(text: string): string {
  return text.replace(invisible, (character) => {
    const code = character.codePointAt(0) ?? 0;
    // Bell and the two shifts only ever change how a terminal behaves, never what it shows.
    if (code === 0x07 || code === 0x0e || code === 0x0f) return '';
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    if (code === 0x7f) return '\u2421';
    return `\\u{${code.toString(16)}}`;
  });
}

/** A screen that only grows downwards; each line is an array of cells, a cell one character with its marks. */
class Screen {
  readonly lines: string[][] = [[]];
  row = 0;
  column = 0;

  private line(): string[] {
    const line = this.lines[this.row];
    if (line !== undefined) return line;
    const added: string[] = [];
    this.lines.push(added);
    return added;
  }

  put(character: string): void {
    const line = this.line();
    if (/^\p{Mark}$|^\u200d$/u.test(character) && this.column > 0) {
      line[this.column - 1] += character;
      return;
    }
    while (line.length < this.column) line.push(' ');
    line[this.column] = character;
    this.column += 1;
  }

  lineFeed(): void {
    this.row += 1;
    this.column = 0;
    this.line();
  }

  moveTo(column: number): void {
    this.column = Math.max(0, Math.min(column, columnLimit));
  }

  moveRows(count: number): void {
    this.row = Math.max(0, Math.min(this.row + count, this.lines.length - 1));
  }

  eraseInLine(mode: number): void {
    const line = this.line();
    if (mode === 0) line.length = Math.min(line.length, this.column);
    else if (mode === 2) line.length = 0;
    else for (let index = 0; index <= this.column && index < line.length; index += 1) line[index] = ' ';
  }

  /** Erases from the cursor to the end, as programs do that redraw several lines. */
  eraseBelow(): void {
    this.eraseInLine(0);
    this.lines.length = Math.min(this.lines.length, this.row + 1);
  }
}

const escapeSequence =
  /\u001b(?:\[([0-?]*)[ -/]*([@-~])|[\]PX^_](?:[^\u0007\u001b]*(?:\u0007|\u001b\\)|[^\n\u0007\u001b]*)|[ -/]*[0-~])/uy;

function play(text: string): string[] {
  const screen = new Screen();
  let index = 0;
  while (index < text.length) {
    const character = String.fromCodePoint(text.codePointAt(index) ?? 0);
    if (character === '\u001b') {
      escapeSequence.lastIndex = index;
      const found = escapeSequence.exec(text);
      if (found !== null) {
        if (found[2] !== undefined) control(screen, found[2], found[1] ?? '');
        index = escapeSequence.lastIndex;
        continue;
      }
    }
    if (character === '\n') screen.lineFeed();
    else if (character === '\r') screen.moveTo(0);
    else if (character === '\b') screen.moveTo(screen.column - 1);
    else if (character === '\u0007') {
      // The bell is not seen.
    } else screen.put(character);
    index += character.length;
  }
  return screen.lines.map((line) => line.join(''));
}

function control(screen: Screen, final: string, parameters: string): void {
  const first = Number.parseInt(parameters, 10);
  const count = Math.min(Number.isNaN(first) || first === 0 ? 1 : first, columnLimit);
  const mode = Number.isNaN(first) ? 0 : first;
  if (final === 'A') screen.moveRows(-count);
  else if (final === 'B') screen.moveRows(count);
  else if (final === 'C') screen.moveTo(screen.column + count);
  else if (final === 'D') screen.moveTo(screen.column - count);
  else if (final === 'E' || final === 'F') {
    screen.moveRows(final === 'E' ? count : -count);
    screen.moveTo(0);
  } else if (final === 'G') screen.moveTo(count - 1);
  else if (final === 'K') screen.eraseInLine(mode);
  else if (final === 'J' && mode === 0) screen.eraseBelow();
}
