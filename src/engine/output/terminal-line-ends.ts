// Owns the way from a terminal's line ends back to what the program wrote.
import { type MaskedBytes, reshapeMasked } from '../../run/masking/redactor.ts';

const carriageReturn = 13;
const newline = 10;

/**
 * Takes away the carriage return that the terminal's driver has put before each newline, also where the two come
 * in different pieces. Other carriage returns are the program's own.
 */
export class TerminalLineEnds {
  /** The return that stood last, and may have a newline after it. */
  #held: MaskedBytes | undefined;

  push(bytes: MaskedBytes): MaskedBytes {
    if (bytes.length === 0) return bytes;
    const isAfterReturn = this.#held !== undefined;
    const endsWithReturn = bytes.at(-1) === carriageReturn;
    this.#held = endsWithReturn ? reshapeMasked(bytes, () => Uint8Array.of(carriageReturn)) : undefined;
    return reshapeMasked(bytes, (given) => withoutReturns(given, isAfterReturn, endsWithReturn));
  }

  /** What was held back in case a newline would follow; undefined where nothing was. */
  flush(): MaskedBytes | undefined {
    const held = this.#held;
    this.#held = undefined;
    return held;
  }
}

/** The bytes but for the returns before newlines, and for a return at their end. */
function withoutReturns(bytes: Uint8Array, isAfterReturn: boolean, endsWithReturn: boolean): Uint8Array {
  const input = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const output = Buffer.allocUnsafe(input.length + 1);
  let written = 0;
  if (isAfterReturn && input[0] !== newline) written = output.writeUInt8(carriageReturn);
  const end = endsWithReturn ? input.length - 1 : input.length;
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
