// Owns telling what a block printed from what comes before and after it on one stream.

/** What comes before the block is ssh's own words, and those of the start-up files over there. */
const longestPreludeBytes = 16 * 1024;
/** What comes after it is the state of a shell. */
const longestTrailerBytes = 64 * 1024 * 1024;

/** What stands between the parts of a stream: no block can know it, for it is made anew for each. */
export function markerOf(nonce: string): Buffer {
  return Buffer.from(`\0${nonce}\0`);
}

/** One stream of a session: a prelude, a marker, what the block prints, a marker, and a trailer. */
export class MarkedStream {
  readonly #marker: Buffer;
  readonly #onBody: (bytes: Uint8Array) => void;
  readonly #onChange: () => void;
  #phase: 'prelude' | 'body' | 'trailer' = 'prelude';
  #held: Buffer = Buffer.alloc(0);
  #trailer: Buffer[] = [];
  #trailerBytes = 0;

  /** `onChange` is told when the block begins, when it ends, and of all that comes after. */
  constructor(nonce: string, onBody: (bytes: Uint8Array) => void, onChange: () => void) {
    this.#marker = markerOf(nonce);
    this.#onBody = onBody;
    this.#onChange = onChange;
  }

  get begun(): boolean {
    return this.#phase !== 'prelude';
  }

  get ended(): boolean {
    return this.#phase === 'trailer';
  }

  /** The end of what was said before the block began; empty when it has. */
  get prelude(): string {
    return this.#phase === 'prelude' ? this.#held.toString('utf8') : '';
  }

  /** What has come after the block so far, parted at the markers. */
  trailer(): Buffer[] {
    const all = Buffer.concat(this.#trailer);
    this.#trailer = [all];
    const parts: Buffer[] = [];
    let from = 0;
    for (let at = all.indexOf(this.#marker); at !== -1; at = all.indexOf(this.#marker, from)) {
      parts.push(all.subarray(from, at));
      from = at + this.#marker.length;
    }
    parts.push(all.subarray(from));
    return parts;
  }

  push(bytes: Buffer): void {
    if (this.#phase === 'trailer') {
      this.#keepTrailer(bytes);
      return;
    }
    const all = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    const found = all.indexOf(this.#marker);
    if (found === -1) {
      this.#hold(all);
      return;
    }
    const rest = all.subarray(found + this.#marker.length);
    this.#held = Buffer.alloc(0);
    if (this.#phase === 'prelude') {
      this.#phase = 'body';
      this.#onChange();
      if (rest.length > 0) this.push(rest);
      return;
    }
    this.#give(all.subarray(0, found));
    this.#phase = 'trailer';
    this.#keepTrailer(rest);
  }

  /** Gives what was held back because a marker might have begun there; at the end of a stream that broke off. */
  finish(): void {
    if (this.#phase !== 'body') return;
    this.#give(this.#held);
    this.#held = Buffer.alloc(0);
  }

  #hold(all: Buffer): void {
    if (this.#phase === 'prelude') {
      this.#held = Buffer.from(all.subarray(Math.max(0, all.length - longestPreludeBytes)));
      return;
    }
    const kept = this.#startOfMarker(all);
    this.#give(all.subarray(0, all.length - kept));
    this.#held = Buffer.from(all.subarray(all.length - kept));
  }

  /** How many bytes at the end may be the start of the marker. */
  #startOfMarker(bytes: Buffer): number {
    const from = Math.max(0, bytes.length - this.#marker.length + 1);
    for (let at = bytes.indexOf(0, from); at !== -1; at = bytes.indexOf(0, at + 1)) {
      const length = bytes.length - at;
      if (bytes.subarray(at).equals(this.#marker.subarray(0, length))) return length;
    }
    return 0;
  }

  #keepTrailer(bytes: Buffer): void {
    this.#trailerBytes += bytes.length;
    if (this.#trailerBytes <= longestTrailerBytes) this.#trailer.push(Buffer.from(bytes));
    this.#onChange();
  }

  #give(bytes: Buffer): void {
    if (bytes.length > 0) this.#onBody(bytes);
  }
}
