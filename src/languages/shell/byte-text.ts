// Owns the one-character-per-byte text in which shell dumps are handled, so that no byte is lost to decoding.

/** Text whose characters are bytes: what a shell wrote, whatever its encoding. */
export type ByteText = string;

/** From ordinary text to its UTF-8 bytes, one character each. */
export function toByteText(text: string): ByteText {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** From bytes-as-characters back to ordinary text; bytes that are not UTF-8 become U+FFFD. */
export function fromByteText(bytes: ByteText): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
