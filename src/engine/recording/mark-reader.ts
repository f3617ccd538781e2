// Owns telling the marks of a recorded shell from what it shows.
import { markEnd, markStart } from './hooked-start.ts';

/** What comes out of a recorded shell: bytes for the terminal, or a mark with its fields. */
export type MarkedPiece =
  | { readonly type: 'shown'; readonly bytes: Uint8Array }
  | { readonly type: 'mark'; readonly fields: readonly string[] };

/** Reads a stream in pieces as they come; a mark that has come in part waits for its rest. */
export class MarkReader {
  readonly #start: Buffer;
  #held: Buffer = Buffer.alloc(0);

  constructor(nonce: string) {
    this.#start = Buffer.from(markStart(nonce), 'latin1');
  }

  push(bytes: Uint8Array): readonly MarkedPiece[] {
    let rest = Buffer.concat([this.#held, bytes]);
    const pieces: MarkedPiece[] = [];
    for (;;) {
      const at = rest.indexOf(this.#start);
      const shown = at === -1 ? rest.length - this.#begunAtEnd(rest) : at;
      if (shown > 0) pieces.push({ type: 'shown', bytes: rest.subarray(0, shown) });
      rest = rest.subarray(shown);
      const end = at === -1 ? -1 : rest.indexOf(markEnd);
      if (end === -1) break;
      const fields = rest.subarray(this.#start.length, end).toString('latin1').split(';');
      pieces.push({ type: 'mark', fields });
      rest = rest.subarray(end + 1);
    }
    this.#held = Buffer.from(rest);
    return pieces;
  }

  /** How many bytes at the end may be the first of a mark. */
  #begunAtEnd(bytes: Buffer): number {
    for (let length = Math.min(this.#start.length - 1, bytes.length); length > 0; length -= 1)
      if (bytes.subarray(bytes.length - length).equals(this.#start.subarray(0, length))) return length;
    return 0;
  }
}

/** The text of a field that was encoded. */
export function decodeField(field: string | undefined): string {
  return Buffer.from(field ?? '', 'base64').toString('utf8');
}
