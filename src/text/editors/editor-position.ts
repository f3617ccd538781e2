// Owns the way between the tool's offsets and the positions that editors count.
import type { SourceFile } from '../source-file.ts';

/** A place as editors exchange it: both zero-based, `character` in UTF-16 units, a byte-order mark in the text one. */
export interface EditorPosition {
  readonly line: number;
  readonly character: number;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Where a byte of the file stands; a byte within a character stands where that begins, one past the end at the end. */
export function editorPositionOf(source: SourceFile, byteOffset: number): EditorPosition {
  const { bytes, lines } = source;
  const end = startOfCharacter(bytes, Math.min(byteOffset, bytes.length));
  const line = lines.placeOf(end).line;
  const before = decoder.decode(bytes.subarray(lines.startOfLine(line), end)).length;
  return { line: line - 1, character: before + markUnits(source, line) };
}

/**
 * The UTF-16 offset of `source.text` at a position. A line past the last is the end of the text, a character past the
 * end of its line the end of that line, one within a pair of surrogates the start of the pair.
 */
export function textOffsetAt(source: SourceFile, { line, character }: EditorPosition): number {
  const { text } = source;
  const starts = lineStartsOf(source);
  const start = starts[line];
  if (start === undefined) return text.length;
  const end = endWithoutNewline(text, start, starts[line + 1] ?? text.length);
  const offset = Math.min(start + Math.max(0, character - markUnits(source, line + 1)), end);
  return isWithinPair(text, offset) ? offset - 1 : offset;
}

/** The UTF-16 offset of `source.text` that a byte of the file has; a byte within a character has that after its start. */
export function textOffsetOf(source: SourceFile, byteOffset: number): number {
  return textOffsetAt(source, editorPositionOf(source, byteOffset));
}

/** Editors that hand over a byte-order mark count it as a character of the first line. */
function markUnits({ hasByteOrderMark }: SourceFile, line: number): number {
  return hasByteOrderMark && line === 1 ? 1 : 0;
}

const startsBySource = new WeakMap<SourceFile, readonly number[]>();

function lineStartsOf(source: SourceFile): readonly number[] {
  const known = startsBySource.get(source);
  if (known !== undefined) return known;
  const starts = [
    0,
    ...[...source.text.matchAll(/\r\n|\n|\r/g)].map((found) => found.index + found[0].length),
  ];
  startsBySource.set(source, starts);
  return starts;
}

function endWithoutNewline(text: string, start: number, next: number): number {
  let end = next;
  if (end > start && text[end - 1] === '\n') end -= 1;
  if (end > start && text[end - 1] === '\r') end -= 1;
  return end;
}

function startOfCharacter(bytes: Uint8Array, offset: number): number {
  let start = offset;
  while (start > 0 && start < bytes.length && ((bytes[start] ?? 0) & 0xc0) === 0x80) start -= 1;
  return start;
}

function isWithinPair(text: string, offset: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(offset - 1, offset + 1));
}
