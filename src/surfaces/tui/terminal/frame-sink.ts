// Owns what is on the terminal's screen: takes whole frames and writes the lines that differ.
import { EventEmitter } from 'node:events';
import type { Size } from '../main-size.ts';

/** Where the terminal's own cursor is to stand; rows and columns count from zero. */
export interface FrameCursor {
  readonly column: number;
  readonly row: number;
}

/** The terminal that frames are written to. */
export interface FrameSinkOptions {
  readonly write: (text: string) => void;
  readonly size: () => Size;
  /** A whole frame is on the screen now. */
  readonly onShown: () => void;
  /** The cursor that belongs to the frame being written; undefined hides it. */
  readonly cursor: () => FrameCursor | undefined;
  /** What stands for the ellipsis with which Ink cuts lines, where the terminal may not know it. */
  readonly ellipsis: string;
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
  #newest: string | undefined;

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

  /**
   * Takes a frame of Ink's, which is shown at the end of the turn: only then have the components said where the cursor
   * stands. What is no frame (Ink hides the cursor by itself) is none of the terminal's business.
   */
  write(frame: string): boolean {
    if (frame.startsWith('\u001b[?')) return true;
    if (this.#newest === undefined)
      queueMicrotask(() => {
        const newest = this.#newest ?? '';
        this.#newest = undefined;
        this.show(newest.replaceAll('…', this.#options.ellipsis).split('\n'));
      });
    this.#newest = frame;
    return true;
  }

  /** Shows the lines of a whole screen. */
  show(frame: readonly string[]): void {
    const lines = Array.from({ length: this.rows }, (_, row) => frame[row] ?? '');
    this.#put(lines, this.#options.cursor());
    this.#options.onShown();
  }

  /** Shows another line in a row, and leaves all else as it is. */
  showLine(row: number, line: string): void {
    if (this.#newest !== undefined || this.#shown.length === 0) return;
    this.#put(this.#shown.with(row, line), this.#options.cursor());
  }

  #put(lines: string[], cursor: FrameCursor | undefined): void {
    let changes = '';
    for (const [row, line] of lines.entries()) {
      if (line === this.#shown[row]) continue;
      changes += `\u001b[${row + 1};1H\u001b[0m\u001b[2K${line}`;
    }
    const place = cursor ? `\u001b[${cursor.row + 1};${cursor.column + 1}H\u001b[?25h` : 'hidden';
    if (changes === '' && place === this.#cursor) return;
    const end = place === 'hidden' ? '\u001b[?25l' : place;
    this.#options.write(`\u001b[?2026h\u001b[?25l${changes}\u001b[0m${end}\u001b[?2026l`);
    this.#shown = lines;
    this.#cursor = place;
  }

  /** The screen holds something else now: the next frame is written whole. */
  forget(): void {
    this.#shown = [];
    this.#cursor = 'forgotten';
  }
}
