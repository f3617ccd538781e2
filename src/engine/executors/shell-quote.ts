// Owns quoting of text for POSIX shells; knows nothing of what the text is for.

/** One shell word that means exactly `text`, in every POSIX shell. NUL cannot be in a word and is dropped. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll('\0', '').replaceAll("'", "'\\''")}'`;
}
