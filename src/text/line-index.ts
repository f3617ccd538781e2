// Owns the way from byte offsets to lines and columns.
import { partitionPoint } from '../basics/partition-point.ts';

/** A place as editors show it: both one-based, the column counted in characters (code points). */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface LineIndex {
  readonly lineCount: number;
  /** Where a byte offset stands; an offset past the end is the end. */
  placeOf(byteOffset: number): Place;
  /** Byte offset of the start of a one-based line; a line past the last starts at the end. */
  startOfLine(line: number): number;
  /** Text of a one-based line without its newline; the empty string for a line that does not exist. */
  textOfLine(line: number): string;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Indexes the lines of `bytes`, which need not be valid UTF-8. A line ends with `\n`, `\r\n` or a lone `\r`, as
 * CommonMark has it. The first `skip` bytes (a byte-order mark) belong to no column. Nothing is read before the
 * first question, so that a file without diagnostics costs nothing here.
 */
export function indexLines(bytes: Uint8Array, skip = 0): LineIndex {
  let known: readonly number[] | undefined;
  const starts = (): readonly number[] => {
    known ??= findLineStarts(bytes, skip);
    return known;
  };

  const startOfLine = (line: number): number => starts()[line - 1] ?? bytes.length;

  return {
    get lineCount() {
      return starts().length;
    },
    placeOf(byteOffset) {
      const offset = Math.min(byteOffset, bytes.length);
      const line = lastNotAfter(starts(), offset) + 1;
      return { line, column: countCharacters(bytes, startOfLine(line), offset) + 1 };
    },
    startOfLine,
    textOfLine(line) {
      const start = startOfLine(line);
      let end = startOfLine(line + 1);
      if (end > start && bytes[end - 1] === lineFeed) end -= 1;
      if (end > start && bytes[end - 1] === carriageReturn) end -= 1;
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(start, end));
    },
  };
}

function findLineStarts(bytes: Uint8Array, skip: number): readonly number[] {
  const starts = [skip];
  if (!bytes.includes(carriageReturn)) {
    for (let end = bytes.indexOf(lineFeed, skip); end !== -1; end = bytes.indexOf(lineFeed, end + 1))
      starts.push(end + 1);
    return starts;
  }
  for (let index = skip; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (byte === lineFeed) starts.push(index + 1);
    else if (byte === carriageReturn && bytes[index + 1] !== lineFeed) starts.push(index + 1);
  }
  return starts;
}

/** Index of the last element that is not greater than `value`; 0 where every element is greater. */
function lastNotAfter(sorted: readonly number[], value: number): number {
  return Math.max(0, partitionPoint(sorted, (one) => one <= value) - 1);
}

/** Counts the characters that begin in a range: every byte but the continuation bytes of UTF-8. */
function countCharacters(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let index = start; index < end; index += 1) {
    if (((bytes[index] ?? 0) & 0xc0) !== 0x80) count += 1;
  }
  return count;
}
