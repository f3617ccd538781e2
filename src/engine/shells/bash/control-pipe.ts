// Owns the named pipe through which a shell is told what to do.
import { closeSync, constants, openSync, writeSync } from 'node:fs';

/** How long to wait when the shell has not yet read what the pipe can hold. */
const retryMs = 2;

/** Writes at once where the pipe has room, which costs less than going through a stream. */
export class ControlPipe {
  /** For the shell; close it when the shell has been started, so that writing fails when the shell is gone. */
  readonly reader: number;
  readonly #writer: number;
  /** What the pipe had no room for. */
  #rest: Buffer | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(path: string) {
    // Whoever opens first waits for the other, unless told not to; but a shell expects to wait when it reads.
    const opener = openSync(path, constants.O_RDWR);
    this.reader = openSync(path, constants.O_RDONLY);
    this.#writer = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
    closeSync(opener);
  }

  /** Writes text of which each character is a byte. That the shell has just ended is noticed elsewhere. */
  send(text: string): void {
    if (this.#closed) return;
    const bytes = Buffer.from(text, 'latin1');
    if (this.#rest !== undefined) this.#rest = Buffer.concat([this.#rest, bytes]);
    else this.#write(bytes);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#timer);
    closeSync(this.#writer);
  }

  #write(bytes: Buffer): void {
    const written = writeNow(this.#writer, bytes);
    this.#rest = written < bytes.length ? bytes.subarray(written) : undefined;
    if (this.#rest !== undefined)
      this.#timer = setTimeout(() => this.#rest !== undefined && this.#write(this.#rest), retryMs);
  }
}

/** How many bytes the pipe took; all of them where nobody will ever read it again. */
function writeNow(descriptor: number, bytes: Buffer): number {
  try {
    return writeSync(descriptor, bytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EAGAIN') return 0;
    if (code === 'EPIPE') return bytes.length;
    throw error;
  }
}
