// Owns the named pipe through which a shell sends what it leaves behind.
import { closeSync, constants, existsSync, openSync } from 'node:fs';
import type { ByteText } from '../../languages/shell/byte-text.ts';
import { openReader, readNow } from '../output/output-pipes.ts';

const buffer = Buffer.allocUnsafeSlow(256 * 1024);
const firstPollMs = 5;
const slowestPollMs = 40;
/** What a whole dump ends with; sections are closed by NUL, which no value of a shell can hold. */
const ending = '\0ok\0';

/**
 * Reads the dumps of one shell after the other. Shells open it for reading too (`1<>`): opening it only to write would
 * wait for ever where the tool is gone.
 */
export class StatePipe {
  readonly path: string;
  readonly #reader: number;
  /** Held open by us, so that the pipe never ends between two shells. */
  readonly #writer: number;
  #pieces: Buffer[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(path: string) {
    this.path = path;
    this.#reader = openReader(path);
    this.#writer = openSync(path, constants.O_WRONLY);
  }

  /** False when somebody removed it: no shell can send a state any more. */
  get exists(): boolean {
    return existsSync(this.path);
  }

  /**
   * Call it when a shell is about to run. A dump larger than the pipe is then taken while the shell writes
   * it, or it would wait for ever.
   */
  expect(): void {
    this.#pieces = [];
    let delay = firstPollMs;
    const poll = (): void => {
      const outcome = readNow(this.#reader, buffer);
      if (typeof outcome === 'number') {
        this.#pieces.push(Buffer.from(buffer.subarray(0, outcome)));
        delay = 0;
      } else delay = Math.min(Math.max(delay * 2, firstPollMs), slowestPollMs);
      this.#timer = setTimeout(poll, delay);
    };
    this.#timer = setTimeout(poll, delay);
  }

  /** The sections of the dump, when the shell has ended; torn where it was killed. */
  take(): ByteText[] {
    clearTimeout(this.#timer);
    let text = Buffer.concat(this.#pieces).toString('latin1');
    this.#pieces = [];
    while (!text.endsWith(ending)) {
      const outcome = readNow(this.#reader, buffer);
      if (typeof outcome !== 'number') break;
      text += buffer.toString('latin1', 0, outcome);
    }
    return text.split('\0');
  }

  close(): void {
    clearTimeout(this.#timer);
    closeSync(this.#reader);
    closeSync(this.#writer);
  }
}
