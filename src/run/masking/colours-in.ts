// Owns finding the colours that an output switches.

const escapeByte = 0x1b;
const longestSequence = 128;
const semicolon = 0x3b;
const letterM = 0x6d;
const bracket = 0x5b;

/** The colours that are switched in the bytes (SGR), so that what follows looks as it was meant to. */
export function coloursIn(bytes: Uint8Array): Uint8Array[] {
  const colours: Uint8Array[] = [];
  for (let at = bytes.indexOf(escapeByte); at >= 0; at = bytes.indexOf(escapeByte, at + 1)) {
    if (bytes[at + 1] !== bracket) continue;
    let end = at + 2;
    while (end < at + longestSequence && isParameter(bytes[end])) end++;
    if (bytes[end] === letterM) colours.push(bytes.subarray(at, end + 1));
  }
  return colours;
}

/** Digits, colons and semicolons. */
function isParameter(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= semicolon;
}
