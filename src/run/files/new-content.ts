// Owns what a file holds after its block: all of it, or the old text with a piece put in or one line replaced.
import { fail, ok, type Result } from '../../basics/result.ts';
import type { FilePlace, LinePattern } from '../../runbook/file-step.ts';
import { boundedMatch, tooSlowWords } from '../../text/bounded-match.ts';

/**
 * What the file is to hold; `old` is undefined where there is none. It fails in words where the place is not there, or
 * is not the only one. What stands in its place already gives the old text again.
 */
export function newContent(
  place: FilePlace | undefined,
  text: string,
  old: string | undefined,
): Result<string, string> {
  if (place === undefined) return ok(text);
  const lines = splitLines(old ?? '');
  const newline = lines[0]?.endsWith('\r\n') ? '\r\n' : '\n';
  const piece = splitLines(text).map((line) => withoutEnd(line));
  if ('line' in place && place.type === 'set') return setLine(place.line, piece, lines, newline);
  const at = positionOf(place, piece, lines);
  if (!at.ok) return at;
  if (
    isThere(
      piece,
      place.type === 'start' || place.type === 'after' ? at.value : at.value - piece.length,
      lines,
    )
  )
    return ok(old ?? '');
  return ok(joined([...lines.slice(0, at.value), ...piece, ...lines.slice(at.value)], newline));
}

/** The index of the line before which the piece stands. */
function positionOf(
  place: FilePlace,
  piece: readonly string[],
  lines: readonly string[],
): Result<number, string> {
  if (!('line' in place)) return ok(place.type === 'start' ? 0 : lines.length);
  const found = matches(place.line, lines);
  if (!found.ok) return found;
  // Lines of the block that is there already may match, too.
  const startAt = (line: number): number => (place.type === 'after' ? line + 1 : line - piece.length);
  const there = found.value.find((line) => isThere(piece, startAt(line), lines));
  const others = found.value.filter((line) => {
    if (there === undefined || line === there) return true;
    const start = startAt(there);
    return line < start || line >= start + piece.length;
  });
  const [index, ...more] = others;
  if (index === undefined) return fail(`no line of it matches ${shown(place.line)}`);
  if (more.length > 0) return fail(severalWords(place.line, found.value));
  return ok(place.type === 'after' ? index + 1 : index);
}

function setLine(
  pattern: LinePattern,
  piece: readonly string[],
  lines: readonly string[],
  newline: string,
): Result<string, string> {
  const [line] = piece;
  if (line === undefined || piece.length > 1)
    return fail(`\`set\` replaces one line, and the block has ${piece.length}`);
  const own = matches(pattern, [line]);
  if (!own.ok) return own;
  // It would be added once more each time.
  if (own.value.length === 0) return fail(`the line of the block does not match ${shown(pattern)} itself`);
  const found = matches(pattern, lines);
  if (!found.ok) return found;
  const [index, ...more] = found.value;
  if (more.length > 0) return fail(severalWords(pattern, found.value));
  if (index === undefined) return ok(joined([...lines, line], newline));
  const before = lines[index] ?? '';
  const end = before.slice(withoutEnd(before).length);
  return ok([...lines.slice(0, index), line + end, ...lines.slice(index + 1)].join(''));
}

function isThere(piece: readonly string[], from: number, lines: readonly string[]): boolean {
  return from >= 0 && piece.every((line, index) => withoutEnd(lines[from + index] ?? '\n\n') === line);
}

/** A last line without its end gets one before something follows; what is put in always ends its lines. */
function joined(lines: readonly string[], newline: string): string {
  return lines.map((line) => (/\n$/.test(line) ? line : line + newline)).join('');
}

/** Lines with their ends. */
function splitLines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function withoutEnd(line: string): string {
  return line.replace(/\r?\n$/, '');
}

function matches(
  { source, flags }: LinePattern,
  lines: readonly string[],
): Result<readonly number[], string> {
  const found: number[] = [];
  for (const [index, line] of lines.entries()) {
    const isMatch = boundedMatch(source, flags, withoutEnd(line));
    if (isMatch === undefined) return fail(`${shown({ source, flags })} ${tooSlowWords}`);
    if (isMatch) found.push(index);
  }
  return ok(found);
}

function shown({ source, flags }: LinePattern): string {
  return `\`/${source}/${flags}\``;
}

function severalWords(pattern: LinePattern, found: readonly number[]): string {
  const numbers = found.slice(0, 4).map((index) => index + 1);
  const more = found.length > 4 ? ' …' : '';
  return `${found.length} lines of it match ${shown(pattern)} (${numbers.join(', ')}${more}), and one is meant`;
}
