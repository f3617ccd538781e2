// Owns the start of a stream in memory, unmasked, with the line ends that the program wrote.

/** Keeps so many bytes and no more. */
export class StreamStart {
  readonly #limit: number;
  readonly #pieces: Uint8Array[] = [];
  #bytes = 0;
  #isTerminal = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  take(bytes: Uint8Array, from: 'pipe' | 'terminal'): void {
    if (this.#bytes >= this.#limit) return;
    if (from === 'terminal') this.#isTerminal = true;
    const kept = Buffer.from(bytes.subarray(0, this.#limit - this.#bytes));
    this.#pieces.push(kept);
    this.#bytes += kept.length;
  }

  /** A terminal's driver puts a carriage return before each newline. */
  text(): string {
    const text = new TextDecoder().decode(Buffer.concat(this.#pieces, this.#bytes));
    return this.#isTerminal ? text.replaceAll('\r\n', '\n') : text;
  }
}
