// Owns writing to a reader that may be slow or gone, with bounded memory.
import type { Writable } from 'node:stream';
import { outputFailed } from './output-failed.ts';

/** Waiting output beyond this is not shown; it is in the run's folder all the same. */
const defaultLimit = 1_000_000;

/**
 * Writes in order and never holds more than the limit of droppable text. A reader that goes away (EPIPE), a terminal
 * that is closed (EIO) or a disk that is full ends the writing, never the run.
 */
export class BoundedWriter {
  readonly #stream: Writable;
  readonly #limit: number;
  #broken = false;

  constructor(stream: Writable, limit = defaultLimit) {
    this.#stream = stream;
    this.#limit = limit;
    stream.on('error', (error) => {
      this.#broken = true;
      outputFailed(error, (stream as { readonly fd?: number }).fd);
    });
  }

  /** Whether the reader is gone. */
  get broken(): boolean {
    return this.#broken;
  }

  /** Text that is never left out. */
  write(text: string | Uint8Array): void {
    if (text.length > 0 && !this.#broken && !this.#stream.destroyed) this.#stream.write(text);
  }

  /** Whether more droppable text would be held than is allowed. */
  get full(): boolean {
    return this.#stream.writableLength > this.#limit;
  }

  /** Resolves when all was taken by the reader, or when there is no reader any more. */
  async flush(): Promise<void> {
    if (this.#broken || this.#stream.destroyed) return;
    await new Promise<void>((resolve) => {
      this.#stream.once('close', resolve);
      this.#stream.once('error', () => resolve());
      this.#stream.write('', () => resolve());
    });
  }
}
