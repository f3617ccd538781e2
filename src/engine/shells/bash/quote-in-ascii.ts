// Owns the quoting of any bytes as one word of bash in ASCII.
import type { ByteText } from '../../../languages/shell/byte-text.ts';
import { shellQuote } from '../../../languages/shell/shell-quote.ts';

const ascii = /^[\t\n\x20-\x7e]*$/;

/** True for text that a shell reads as it is, whatever its locale. */
export function isAscii(text: ByteText): boolean {
  return ascii.test(text);
}

/** One word of bash that means these bytes and is printable ASCII, whatever the locale. */
export function quoteInAscii(bytes: ByteText): string {
  if (isAscii(bytes)) return shellQuote(bytes);
  const escaped = bytes.replace(/[^\t\n\x20-\x7e]|['\\]/g, (character) => {
    return `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
  });
  return `$'${escaped}'`;
}
