// Owns the way from a terminal's line ends back to what the program wrote.

const carriageReturn = 13;
const newline = 10;
const nothing = new Uint8Array();

/**
 * Takes away the carriage return that the terminal's driver has put before each newline, also where the two come
 * in different pieces. Other carriage returns are the program's own.
 */
export class TerminalLineEnds {
  #holdsReturn = false;

  push(bytes: Uint8Array): Uint8Array {
    if (bytes.length === 0) return bytes;
    const input = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const output = Buffer.allocUnsafe(input.length + 1);
    let written = 0;
    if (this.#holdsReturn && input[0] !== newline) written = output.writeUInt8(carriageReturn);
    this.#holdsReturn = input.at(-1) === carriageReturn;
    const end = this.#holdsReturn ? input.length - 1 : input.length;
    let from = 0;
    for (let at = input.indexOf(carriageReturn); at >= 0 && at < end; ) {
      if (input[at + 1] === newline) {
        written += input.copy(output, written, from, at);
        from = at + 1;
      }
      at = input.indexOf(carriageReturn, at + 1);
    }
    written += input.copy(output, written, from, end);
    return output.subarray(0, written);
  }

  /** What was held back in case a newline would follow. */
  flush(): Uint8Array {
    if (!this.#holdsReturn) return nothing;
    this.#holdsReturn = false;
    return Uint8Array.of(carriageReturn);
  }
}
