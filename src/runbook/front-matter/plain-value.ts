// Owns the text of a value as it stands in files of `NAME=value` lines.

/** The value without its quotes, or without the comment behind it; nothing is expanded. */
export function plainValue(text: string): string {
  const single = /^'([^']*)'\s*(?:#.*)?$/.exec(text);
  if (single) return single[1] ?? '';
  const double = /^"((?:[^"\\]|\\.)*)"\s*(?:#.*)?$/.exec(text);
  if (double) {
    const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };
    return (double[1] ?? '').replace(/\\(.)/g, (_, letter: string) => escapes[letter] ?? letter);
  }
  return text.replace(/\s+#.*$/, '');
}
