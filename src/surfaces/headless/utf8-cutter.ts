// Owns cutting a byte stream at characters, so that each piece is text by itself.

/** A piece as it stands in a record: text where the bytes are UTF-8, else base64. */
export type Piece = { readonly text: string } | { readonly base64: string };

/** Holds back the bytes of a character that a chunk cut in two; at most three of them. */
export class Utf8Cutter {
  #held: Uint8Array = new Uint8Array(0);

  /** The next piece, or undefined when all that came is the beginning of a character. */
  push(bytes: Uint8Array): Piece | undefined {
    const all = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    const cut = all.length - unfinishedLength(all);
    this.#held = all.slice(cut);
    return piece(all.subarray(0, cut));
  }

  /** What is still held: the beginning of a character that never came to an end. */
  end(): Piece | undefined {
    const rest = piece(this.#held);
    this.discard();
    return rest;
  }

  /** Forgets what is held; the number of its bytes. */
  discard(): number {
    const { length } = this.#held;
    this.#held = new Uint8Array(0);
    return length;
  }
}

function piece(bytes: Uint8Array): Piece | undefined {
  if (bytes.length === 0) return undefined;
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { base64: Buffer.from(bytes).toString('base64') };
  }
}

/** Bytes at the end that begin a character of UTF-8 without finishing it. */
function unfinishedLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    // Beyond F4 no character begins (RFC 3629).
    const length = byte > 0xf4 ? 1 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? back : 0;
  }
  return 0;
}
