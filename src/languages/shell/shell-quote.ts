// Owns quoting of text for POSIX shells.
import { type ByteText, toByteText } from './byte-text.ts';

/** One shell word that means exactly `text`, in every POSIX shell. NUL cannot be in a word and is dropped. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll('\0', '').replaceAll("'", "'\\''")}'`;
}

/** One shell word that means `text`, as somebody would type it: in quotes only where it needs them. */
export function typedWord(text: string): string {
  return /^[\w./@%+=:,-][\w./@%+=:,~-]*$/.test(text) ? text : shellQuote(text);
}

/** A folder as one shell word, one character per byte; `~` at its start is the home of whoever runs the shell. */
export function folderWord(folder: string): ByteText {
  const atHome = /^~(?=\/|$)/.test(folder);
  const quoted = shellQuote(toByteText(atHome ? folder.slice(1) : folder));
  return atHome ? `"$HOME"${quoted}` : quoted;
}
