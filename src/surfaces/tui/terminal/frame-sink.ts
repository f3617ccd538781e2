// Owns what is on the terminal's screen: takes whole frames and writes the lines that differ.
import { EventEmitter } from 'node:events';
import type { Size } from '../layout.ts';

/** Where the terminal's own cursor is to stand; rows and columns count from zero. */
export interface FrameCursor {
  readonly column: number;
  readonly row: number;
}

/** The terminal that frames are written to. */
export interface FrameSinkOptions {
  readonly write: (text: string) => void;
  readonly size: () => Size;
  /** The cursor that belongs to the frame being written; undefined hides it. */
  readonly cursor: () => FrameCursor | undefined;
}

/**
 * Stands in for the terminal as Ink's standard output. Ink in its debug mode writes each frame whole and leaves
 * the terminal alone; here only changed lines go out, each at its own place, in one synchronised update
 * (private mode 2026), so that nothing flickers and nothing scrolls.
 */
export class FrameSink extends EventEmitter {
  readonly #options: FrameSinkOptions;
  #shown: string[] = [];
  #cursor = 'hidden';

  constructor(options: FrameSinkOptions) {
    super();
    this.#options = options;
  }

  get columns(): number {
    return this.#options.size().columns;
  }

  get rows(): number {
    return this.#options.size().rows;
  }

  /** Takes a frame. What is not one (Ink hides the cursor by itself) is none of the terminal's business. */
  write(frame: string): boolean {
    if (frame.startsWith('\u001b[?')) return true;
    const lines = frame.split('\n').slice(0, this.rows);
    while (lines.length < this.rows) lines.push('');
    let changes = '';
    for (const [row, line] of lines.entries()) {
      if (line === this.#shown[row]) continue;
      changes += `\u001b[${row + 1};1H\u001b[0m\u001b[2K${line}`;
    }
    const cursor = this.#options.cursor();
    const place = cursor ? `\u001b[${cursor.row + 1};${cursor.column + 1}H\u001b[?25h` : 'hidden';
    if (changes === '' && place === this.#cursor) return true;
    const end = place === 'hidden' ? '\u001b[?25l' : place;
    this.#options.write(`\u001b[?2026h\u001b[?25l${changes}\u001b[0m${end}\u001b[?2026l`);
    this.#shown = lines;
    this.#cursor = place;
    return true;
  }

  /** The screen holds something else now: the next frame is written whole. */
  forget(): void {
    this.#shown = [];
    this.#cursor = 'forgotten';
  }
}
