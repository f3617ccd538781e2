// Owns what of an output shows nothing to whoever reads it: escape sequences, control characters, marks without width.

/** The offset behind it; `partial` when the bytes ended within it; `none` where something is shown. */
export type InvisibleEnd = number | 'partial' | 'none';

const escapeByte = 0x1b;
const bell = 0x07;
const lineFeed = 0x0a;
const backslash = 0x5c;

/** Longer strings (titles, links, pictures) are not looked through: what is held back stays bounded. */
const longestString = 4096;
const longestSequence = 128;

/** U+FFFD is what a reader sees of a byte that is no text. */
const unseen = /[\p{Cc}\p{Cf}\p{Mn}\p{Me}\p{Default_Ignorable_Code_Point}\ufffd]/u;

/**
 * The end of what begins at `at` and shows nothing. Blanks, tabs, line ends and backspaces move the cursor and count as
 * shown; other movements (ECMA-48) are passed over like colours. Bytes that are no UTF-8 show nothing.
 */
export function endOfInvisible(bytes: Uint8Array, at: number): InvisibleEnd {
  const byte = bytes[at];
  if (byte === undefined) return 'partial';
  if (byte === escapeByte)
    return at + 1 < bytes.length ? endOfSequence(bytes, at + 1, bytes[at + 1] ?? 0) : 'partial';
  if (byte < 0x20) return byte >= 8 && byte <= 13 && byte !== 11 && byte !== 12 ? 'none' : at + 1;
  if (byte < 0x80) return byte === 0x7f ? at + 1 : 'none';
  return endOfWideCharacter(bytes, at, byte);
}

function endOfWideCharacter(bytes: Uint8Array, at: number, lead: number): InvisibleEnd {
  const length = lead >= 0xf5 || lead < 0xc2 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  let codePoint = length === 1 ? lead : lead & (0x7f >> length);
  for (let index = 1; index < length; index++) {
    const next = bytes[at + index];
    if (next === undefined) return 'partial';
    if ((next & 0xc0) !== 0x80) return at + index;
    codePoint = (codePoint << 6) | (next & 0x3f);
  }
  if (length === 1) return at + 1;
  // The eight-bit forms of ESC and a letter.
  if (codePoint >= 0x80 && codePoint < 0xa0) return endOfSequence(bytes, at + 1, codePoint - 0x40);
  return codePoint > 0x10ffff || unseen.test(String.fromCodePoint(codePoint)) ? at + length : 'none';
}

/** `letter` is what follows ESC, and stands at `at`. */
function endOfSequence(bytes: Uint8Array, at: number, letter: number): InvisibleEnd {
  // CSI
  if (letter === 0x5b) return endAtFinal(bytes, at + 1, 0x40);
  // OSC, and the titles of screen; DCS, SOS, PM, APC
  if (letter === 0x5d || letter === 0x6b) return endOfString(bytes, at + 1, true);
  if (letter === 0x50 || letter === 0x58 || letter === 0x5e || letter === 0x5f)
    return endOfString(bytes, at + 1, false);
  return letter >= 0x20 && letter < 0x30 ? endAtFinal(bytes, at + 1, 0x30) : at + 1;
}

function endAtFinal(bytes: Uint8Array, from: number, lowest: number): InvisibleEnd {
  for (let at = from; at < from + longestSequence; at++) {
    const byte = bytes[at];
    if (byte === undefined) return 'partial';
    if (byte >= lowest && byte < 0x7f) return at + 1;
    if (byte === escapeByte) return at;
    if (byte >= 0x80) return at;
  }
  return 'none';
}

function endOfString(bytes: Uint8Array, from: number, isCommand: boolean): InvisibleEnd {
  for (let at = from; at < from + longestString; at++) {
    const byte = bytes[at];
    if (byte === undefined) return 'partial';
    if (isCommand && byte === bell) return at + 1;
    // A title never holds a newline; one that does was never ended.
    if (isCommand && byte === lineFeed) return at;
    if (byte === escapeByte) {
      const next = bytes[at + 1];
      return next === undefined ? 'partial' : next === backslash ? at + 2 : at;
    }
    if (byte === 0x9c && bytes[at - 1] === 0xc2) return at + 1;
  }
  return 'none';
}
