// Owns the keyboard: reads raw bytes, gives keys to the tool or bytes to a running block.
import { type Key, KeyReader } from './key-reader.ts';

/** Where keys come from and go to. */
export interface KeyInputOptions {
  readonly input: NodeJS.ReadStream;
  readonly onKeys: (keys: readonly Key[]) => void;
  /** Where typed bytes go while a block has the keyboard; undefined while the tool has it. */
  readonly block: () => ((bytes: Uint8Array) => void) | undefined;
  /** The keyboard is gone: the terminal was closed. */
  readonly onEnd: () => void;
}

/** An escape byte that nothing follows for this long was the Escape key; over a slow line the rest may be late. */
const escapeWaitMs = 40;

/** Several keys in one piece, as a quick typist or a slow line makes them. */
const longestTyped = 64;

/** Always for the tool, also while a block has the keyboard: Ctrl-C, Ctrl-G, Ctrl-Z. */
const reserved = new Set([0x03, 0x07, 0x1a]);

/** Listens to the keyboard from `start` until `stop`. */
export class KeyInput {
  readonly #options: KeyInputOptions;
  readonly #reader = new KeyReader();
  #timer: NodeJS.Timeout | undefined;
  #listening = false;
  /** The last byte was taken for the Escape key because nothing followed it in time. */
  #tookEscape = false;

  constructor(options: KeyInputOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#listening) return;
    this.#listening = true;
    const { input } = this.#options;
    input.on('data', this.#take).on('end', this.#finish).on('error', this.#finish);
    input.resume();
  }

  /** Lets go of the keyboard, so that another process can read from it. */
  stop(): void {
    if (!this.#listening) return;
    this.#listening = false;
    clearTimeout(this.#timer);
    const { input } = this.#options;
    input.off('data', this.#take).off('end', this.#finish).off('error', this.#finish);
    input.pause();
  }

  /** Reads bytes as if they had just been typed. */
  give(bytes: Uint8Array): void {
    this.#take(bytes);
  }

  readonly #take = (chunk: Uint8Array | string): void => {
    clearTimeout(this.#timer);
    let rest: Uint8Array = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    if (this.#tookEscape) rest = withoutLateMouse(rest);
    this.#tookEscape = false;
    // A key may let a block go, to which the next one belongs; what comes in large pieces is a paste.
    const oneByOne = rest.length <= longestTyped;
    while (rest.length > 0) {
      const block = this.#options.block();
      if (!block) {
        const taken = oneByOne ? 1 : rest.length;
        this.#options.onKeys(this.#reader.push(rest.subarray(0, taken)));
        rest = rest.subarray(taken);
        continue;
      }
      const stop = rest.findIndex((byte) => reserved.has(byte));
      const typed = stop < 0 ? rest : rest.subarray(0, stop);
      const meant = withoutMouse(typed);
      if (meant.length > 0) block(meant);
      if (stop < 0) return;
      this.#options.onKeys(this.#reader.push(rest.subarray(stop, stop + 1)));
      rest = rest.subarray(stop + 1);
    }
    if (!this.#reader.isWaiting) return;
    this.#timer = setTimeout(() => {
      this.#tookEscape = true;
      this.#options.onKeys(this.#reader.flush());
    }, escapeWaitMs);
  };

  readonly #finish = (): void => {
    this.stop();
    this.#options.onEnd();
  };
}

/** Bytes without what a wheel has sent that was let go a moment before the block got the keyboard. */
function withoutMouse(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(0x1b)) return bytes;
  const text = Buffer.from(bytes).toString('latin1');
  return Buffer.from(text.replace(/\u001b\[<\d+;\d+;\d+[Mm]/g, ''), 'latin1');
}

/** Bytes without the rest of a mouse's report whose beginning came too early: its numbers would be keys. */
function withoutLateMouse(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  return Buffer.from(text.replace(/^\[<[\d;]*[Mm]?/, ''), 'latin1');
}
