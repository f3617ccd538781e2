// Owns the comparison of an output with the one an author shows, wildcards included.

/**
 * Whether `actual` is what `expected` shows. A line of `...` stands for any number of lines, `[..]` inside a line
 * for any text within that line; blanks at line ends and empty lines at both ends do not count. The wildcards are
 * those of Rust's `snapbox` and of cram-like tools.
 */
export function matchesOutput(expected: string, actual: string): boolean {
  const wanted = comparedLines(expected);
  const found = comparedLines(actual);
  // Greedy matching with one point of return: the classic linear-memory wildcard match, over lines.
  let at = 0;
  let star = -1;
  let resume = 0;
  let line = 0;
  while (line < found.length) {
    const pattern = wanted[at];
    if (pattern !== undefined && isAnyLines(pattern)) {
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
  while (isAnyLines(wanted[at] ?? '')) at += 1;
  return at === wanted.length;
}

/** The lines of a text that count in a comparison, blanks at their ends taken off. */
export function comparedLines(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.trimEnd());
  let start = 0;
  let end = lines.length;
  while (start < end && lines[start] === '') start += 1;
  while (end > start && lines[end - 1] === '') end -= 1;
  return lines.slice(start, end);
}

/** True for the line that stands for any number of lines, however it is indented. */
export function isAnyLines(pattern: string): boolean {
  return pattern.trimStart() === '...';
}

/** One line against one pattern line; parts between wildcards must appear in order. */
export function matchesLine(pattern: string, line: string): boolean {
  const parts = pattern.split('[..]');
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
