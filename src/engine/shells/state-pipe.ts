// Owns the named pipe through which a shell sends what it leaves behind.
import { closeSync, constants, existsSync, openSync } from 'node:fs';
import type { ByteText } from '../../languages/shell/byte-text.ts';
import { openReader, readNow } from '../output/output-pipes.ts';

const buffer = Buffer.allocUnsafeSlow(256 * 1024);
const firstPollMs = 5;
/** Where the last dump was large: the shell soon waits for us. */
const soonMs = 1;
const slowestPollMs = 40;
/** About what any pipe holds: a larger dump has to be taken while it is written. */
const largeBytes = 16 * 1024;
/** How often to look again at once where much has come: a millisecond or two, and the writer is on its way. */
const looksAtOnce = 200;
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
  #immediate: NodeJS.Immediate | undefined;
  #isLarge = false;

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
    let delay = this.#isLarge ? soonMs : firstPollMs;
    let looks = 0;
    const poll = (): void => {
      const outcome = readNow(this.#reader, buffer);
      if (typeof outcome === 'number') {
        this.#pieces.push(Buffer.from(buffer.subarray(0, outcome)));
        delay = soonMs;
        if (outcome >= largeBytes) looks = looksAtOnce;
      }
      if (looks > 0) {
        looks--;
        delay = soonMs;
        this.#immediate = setImmediate(poll);
        return;
      }
      delay = Math.min(delay * 2, slowestPollMs);
      this.#timer = setTimeout(poll, delay);
    };
    this.#timer = setTimeout(poll, delay);
  }

  /** The sections of the dump, when the shell has ended; torn where it was killed. */
  take(): ByteText[] {
    this.#stop();
    let text = Buffer.concat(this.#pieces).toString('latin1');
    this.#pieces = [];
    while (!text.endsWith(ending)) {
      const outcome = readNow(this.#reader, buffer);
      if (typeof outcome !== 'number') break;
      text += buffer.toString('latin1', 0, outcome);
    }
    this.#isLarge = text.length > largeBytes;
    return text.split('\0');
  }

  /** Stops expecting one, where the shell has sent none. */
  drop(): void {
    this.#stop();
    this.#pieces = [];
  }

  #stop(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
  }

  close(): void {
    this.#stop();
    closeSync(this.#reader);
    closeSync(this.#writer);
  }
}
