// Owns the line of a message as a service reads it.
import type { LinePiece } from '../line-piece.ts';

/** The author may call people and format words; what only stands in values may not, so `escaped` is for that. */
export function writeLine(line: readonly LinePiece<string>[], escaped: (text: string) => string): string {
  return line.map(({ text, isAuthors }) => (isAuthors ? text : escaped(text))).join('');
}

/** A text of at most so many UTF-16 units, no half of a character at its end. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
