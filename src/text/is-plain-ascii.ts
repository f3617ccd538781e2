// Owns telling bytes that any terminal shows as they are from all others.

const noWords = new Uint32Array();

/** True for printable ASCII, newlines and tabs; four bytes at a time, for every byte of every output passes here. */
export function isPlainAscii(bytes: Uint8Array): boolean {
  const { buffer, byteOffset, length } = bytes;
  let index = 0;
  for (; index < length && (byteOffset + index) % 4 !== 0; index++) if (!isPlain(bytes[index])) return false;
  const words = index < length ? new Uint32Array(buffer, byteOffset + index, (length - index) >> 2) : noWords;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? 0;
    const turned = word ^ 0x7f7f7f7f;
    // A byte below 0x20, a zero byte among the turned ones (DEL) or a high bit leaves a highest bit; few others do.
    const marks = word | ((word - 0x20202020) & ~word) | ((turned - 0x01010101) & ~turned);
    if ((marks & 0x80808080) === 0) continue;
    for (let byte = index + at * 4; byte < index + at * 4 + 4; byte++)
      if (!isPlain(bytes[byte])) return false;
  }
  for (index += words.length * 4; index < length; index++) if (!isPlain(bytes[index])) return false;
  return true;
}

function isPlain(byte = 0): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x09;
}
