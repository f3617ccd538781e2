// Owns the stream that people read: the tool's own lines, and what blocks print, behind a margin.
import type { Writable } from 'node:stream';
import type { OutputChunk } from '../run/output-chunk.ts';
import type { Palette } from '../view/layout/palette.ts';
import { formatBytes } from '../view/words/format-bytes.ts';
import { BoundedWriter } from './bounded-writer.ts';
import { labelOf, PrefixedOutput } from './prefixed-output.ts';

/** Where text goes, and what can be shown there. */
export interface PeopleWriterOptions {
  readonly stream: Writable;
  readonly palette: Palette;
  /** Whether the stream is a terminal, on which a progress bar can go back to its line's start. */
  readonly terminal: boolean;
}

/** A piece of what a block prints; pieces of one address, host or item, and stream belong together. */
interface PrintedPiece extends Pick<OutputChunk, 'stream' | 'bytes' | 'host' | 'item'> {
  readonly address: string;
}

/** Writes lines of the tool between unfinished lines of blocks, and says what a slow reader missed. */
export class PeopleWriter {
  readonly #writer: BoundedWriter;
  readonly #output: PrefixedOutput;
  readonly #margin: string;
  readonly #palette: Palette;
  #dropped = 0;

  constructor({ stream, palette, terminal }: PeopleWriterOptions) {
    this.#writer = new BoundedWriter(stream);
    this.#palette = palette;
    const rewind = terminal && palette.level > 0;
    this.#output = new PrefixedOutput({ keepColours: palette.level > 0, rewind });
    this.#margin = `  ${palette.paint(palette.symbols.bar, { tone: 'muted' })} `;
  }

  /** Text of the tool's own; it begins on a new line. */
  write(text: string): void {
    this.#writer.write(this.#output.interrupt());
    if (this.#dropped > 0) {
      const missing = `${this.#palette.symbols.ellipsis} ${formatBytes(this.#dropped)} more, in the stored output`;
      this.#dropped = 0;
      this.#writer.write(`${this.#margin}${missing}\n`);
    }
    this.#writer.write(text);
  }

  /** A piece of what a block prints. */
  writeOutput({ address, item, host = item, stream, bytes }: PrintedPiece): void {
    if (this.#writer.full) {
      this.#dropped += bytes.length;
      return;
    }
    const margin = host === undefined ? this.#margin : `  ${labelOf(host)} ${this.#margin.trimStart()}`;
    const source = `${address} ${host ?? ''} ${stream}`;
    this.#writer.write(
      this.#output.pushPlain(source, margin, bytes) ?? this.#output.push(source, margin, bytes),
    );
  }

  /** Ends what blocks have left unfinished; nothing they printed reaches over this line. */
  finishOutput(): void {
    this.#writer.write(this.#output.end());
  }

  async end(): Promise<void> {
    this.finishOutput();
    this.write('');
    await this.#writer.flush();
  }
}
