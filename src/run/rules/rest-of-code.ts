// Owns the rest of a block's code as code of its own.

/** The code from a line on, one-based, every line still where its author wrote it. */
export function restOfCode(code: string, fromLine: number | undefined): string {
  if (fromLine === undefined) return code;
  const lines = code.split('\n');
  return [...Array<string>(fromLine - 1).fill(''), ...lines.slice(fromLine - 1)].join('\n');
}
