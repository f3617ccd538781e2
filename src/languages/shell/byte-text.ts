// Owns the one-character-per-byte text in which shell dumps are handled, so that no byte is lost to decoding.

/** Text whose characters are bytes: what a shell wrote, whatever its encoding. */
export type ByteText = string;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const ascii = /^[\x00-\x7f]*$/;
/** As many arguments as one call may well have. */
const bytesAtOnce = 8192;

/** From ordinary text to its UTF-8 bytes, one character each. */
export function toByteText(text: string): ByteText {
  if (ascii.test(text)) return text;
  const bytes = encoder.encode(text);
  let characters = '';
  for (let at = 0; at < bytes.length; at += bytesAtOnce)
    characters += String.fromCharCode(...bytes.subarray(at, at + bytesAtOnce));
  return characters;
}

/** From bytes-as-characters back to ordinary text; bytes that are not UTF-8 become U+FFFD. */
export function fromByteText(bytes: ByteText): string {
  if (ascii.test(bytes)) return bytes;
  return decoder.decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)));
}
