// Owns the emulated terminal that a block's output is shown on: nothing it prints can leave it.
import xterm from '@xterm/headless';
import type { ColourLevel } from '../../../view/layout/palette.ts';
import { CellReader } from './cell-reader.ts';
import { ClusterWidths } from './cluster-widths.ts';

const newline = 0x0a;

/** Lines that have scrolled away and are kept; all of it is in the stored output. */
const scrollback = 5_000;

/** Bytes waiting for the emulator; what comes beyond while it is busy is left out of the picture. */
const longestQueue = 512 * 1024;

/** Bytes that the emulator takes between two frames, so that a flood leaves time for keys. */
const bytesPerFrame = 384 * 1024;

/** The terminal that is emulated. */
export interface OutputScreenOptions {
  readonly columns: number;
  readonly rows: number;
  readonly level: ColourLevel;
  /** Output of a pipe, in which a newline alone ends a line; a terminal's driver has added the rest. */
  readonly fromPipe: boolean;
  /** What the emulator answers to a program that asks it something. */
  readonly onAnswer?: (bytes: Uint8Array) => void;
}

/** Where the program's cursor is on the visible part. */
export interface ScreenCursor {
  readonly column: number;
  readonly row: number;
}

/** A terminal of the size of a pane. Output is queued and taken in a frame at a time. */
export class OutputScreen {
  readonly #terminal: InstanceType<typeof xterm.Terminal>;
  readonly #reader: CellReader;
  /** Given bytes, the emulator loses dashes and quotes that come in two pieces. */
  readonly #decoder = new TextDecoder();
  #queue: Uint8Array[] = [];
  #queued = 0;
  #taking = false;
  #skipped = 0;
  #lines = 0;

  constructor({ columns, rows, level, fromPipe, onAnswer }: OutputScreenOptions) {
    this.#terminal = new xterm.Terminal({
      cols: Math.max(2, columns),
      rows: Math.max(1, rows),
      scrollback,
      convertEol: fromPipe,
      allowProposedApi: true,
      logLevel: 'off',
    });
    const widths = new ClusterWidths();
    this.#terminal.unicode.register(widths);
    this.#terminal.unicode.activeVersion = widths.version;
    this.#reader = new CellReader(level);
    if (onAnswer) this.#terminal.onData((answer) => onAnswer(new TextEncoder().encode(answer)));
  }

  /** Bytes that were left out of the picture because they came too fast. */
  get skipped(): number {
    return this.#skipped;
  }

  /** Newlines on the screen so far, those left out included. */
  get newlines(): number {
    return this.#lines;
  }

  get isWaiting(): boolean {
    return this.#queued > 0;
  }

  push(bytes: Uint8Array): void {
    this.#queue.push(bytes);
    this.#queued += bytes.length;
    if (this.#queued > longestQueue) this.#dropOldest();
  }

  /** Hands the emulator its share of what waits; `done` is called once it is on the screen. */
  take(done: () => void): void {
    if (this.#taking || this.#queued === 0) return;
    const share: Uint8Array[] = [];
    let room = bytesPerFrame;
    while (room > 0) {
      const chunk = this.#queue.shift();
      if (!chunk) break;
      share.push(chunk.subarray(0, room));
      if (chunk.length > room) this.#queue.unshift(chunk.subarray(room));
      room -= chunk.length;
    }
    this.#queued -= share.reduce((sum, { length }) => sum + length, 0);
    this.#taking = true;
    const texts = share.map((chunk) => this.#decoder.decode(chunk, { stream: true }));
    for (const text of texts.slice(0, -1)) this.#terminal.write(text);
    const lines = share.reduce((sum, chunk) => sum + newlinesIn(chunk), 0);
    this.#terminal.write(texts.at(-1) ?? '', () => {
      this.#lines += lines;
      this.#taking = false;
      done();
    });
  }

  /** Takes everything that waits; resolves when it is on the screen. */
  async takeAll(): Promise<void> {
    while (this.#queued > 0) await new Promise<void>((resolve) => this.take(resolve));
  }

  resize(columns: number, rows: number): void {
    this.#terminal.resize(Math.max(2, columns), Math.max(1, rows));
  }

  get columns(): number {
    return this.#terminal.cols;
  }

  get rows(): number {
    return this.#terminal.rows;
  }

  /** Lines that can be shown: what has scrolled away, and the screen down to its last line that holds anything. */
  get length(): number {
    const { active } = this.#terminal.buffer;
    if (active.type === 'alternate') return active.length;
    for (let line = active.length - 1; line > active.baseY + active.cursorY; line -= 1) {
      if (active.getLine(line)?.translateToString(true)) return line + 1;
    }
    const last = active.baseY + active.cursorY;
    const isEmpty = !active.getLine(last)?.translateToString(true);
    return isEmpty ? last : last + 1;
  }

  /** First line of the visible screen, for `lines`. */
  get screenTop(): number {
    return this.#terminal.buffer.active.baseY;
  }

  get cursor(): ScreenCursor {
    const { cursorX, cursorY } = this.#terminal.buffer.active;
    return { column: Math.min(cursorX, this.#terminal.cols - 1), row: cursorY };
  }

  /** Lines as painted text, each at most as wide as the screen; past the end they are empty. */
  lines(from: number, count: number): string[] {
    const { active } = this.#terminal.buffer;
    return Array.from({ length: count }, (_, index) => this.#reader.read(active.getLine(from + index)));
  }

  /** The next line from `from` on, going by `step`, that holds the text; case counts only if the text has capitals. */
  find(text: string, from: number, step: 1 | -1): number | undefined {
    const { active } = this.#terminal.buffer;
    const fold = text === text.toLowerCase();
    for (let line = from; line >= 0 && line < active.length; line += step) {
      const held = active.getLine(line)?.translateToString(true) ?? '';
      if ((fold ? held.toLowerCase() : held).includes(text)) return line;
    }
    return undefined;
  }

  dispose(): void {
    this.#queue = [];
    this.#queued = 0;
    this.#terminal.dispose();
  }

  /** Leaves out what came first: the newest output is what a person looks at. Colours begin anew after it. */
  #dropOldest(): void {
    const rest = Buffer.concat(this.#queue);
    const cut = rest.length - longestQueue / 2;
    const end = rest.indexOf(newline, cut);
    const from = end >= 0 && end < rest.length - 1 ? end + 1 : cut;
    this.#skipped += from;
    // The line that is begun anew is none of the output's.
    this.#lines += newlinesIn(rest.subarray(0, from)) - 1;
    const kept = Buffer.concat([Buffer.from('\u0018\u001b[0m\r\n'), rest.subarray(from)]);
    this.#queue = [kept];
    this.#queued = kept.length;
  }
}

function newlinesIn(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) count += 1;
  return count;
}
