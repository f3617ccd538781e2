// Owns the comparison of an output with the one an author shows, wildcards included; knows no blocks.

/**
 * Whether `actual` is what `expected` shows. A line of `...` stands for any number of lines, `[..]` inside a line
 * for any text within that line; blanks at line ends and empty lines at both ends do not count. The wildcards are
 * those of Rust's `snapbox` and of cram-like tools.
 */
export function matchesOutput(expected: string, actual: string): boolean {
  const wanted = linesOf(expected);
  const found = linesOf(actual);
  // Greedy matching with one point of return: the classic linear-memory wildcard match, over lines.
  let at = 0;
  let star = -1;
  let resume = 0;
  let line = 0;
  while (line < found.length) {
    const pattern = wanted[at];
    if (pattern === '...') {
      star = at;
      at += 1;
      resume = line;
    } else if (pattern !== undefined && matchesLine(pattern, found[line] ?? '')) {
      at += 1;
      line += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      line = resume;
    } else {
      return false;
    }
  }
  while (wanted[at] === '...') at += 1;
  return at === wanted.length;
}

function linesOf(text: string): readonly string[] {
  const trimmed = text
    .replace(/\r\n/g, '\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .replace(/\s+$/, '');
  return trimmed === '' ? [] : trimmed.split('\n').map((line) => line.trimEnd());
}

/** One line against one pattern line; parts between wildcards must appear in order. */
function matchesLine(pattern: string, line: string): boolean {
  const parts = pattern.trim() === '...' ? ['', ''] : pattern.split('[..]');
  const first = parts[0] ?? '';
  if (parts.length === 1) return first === line;
  const last = parts[parts.length - 1] ?? '';
  if (!line.startsWith(first) || !line.endsWith(last) || line.length < first.length + last.length)
    return false;
  let at = first.length;
  const end = line.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const found = line.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
