// Owns walking lines of a text by UTF-16 offsets, with the newlines of CommonMark.

/** Offset at which the line that holds `offset` starts. */
export function startOfLine(text: string, offset: number): number {
  // `lastIndexOf` would look through all of a text that has no `\r` for one.
  let index = offset;
  while (index > 0 && !isNewline(text.charCodeAt(index - 1))) index -= 1;
  return index;
}

/** Offset at which the line that holds `offset` ends, before its newline. */
export function endOfLine(text: string, offset: number): number {
  let index = offset;
  while (index < text.length && !isNewline(text.charCodeAt(index))) index += 1;
  return index;
}

/** Offset behind the newline that stands at `offset`; the offset itself where none does. */
export function afterNewline(text: string, offset: number): number {
  if (text[offset] === '\r' && text[offset + 1] === '\n') return offset + 2;
  return text[offset] === '\n' || text[offset] === '\r' ? offset + 1 : offset;
}

/** Offset of the newline that ends just before `offset`, where a line starts; 0 at the start of the text. */
export function beforeNewline(text: string, offset: number): number {
  if (offset === 0) return 0;
  return text[offset - 1] === '\n' && text[offset - 2] === '\r' ? offset - 2 : offset - 1;
}

/** `end` without the blanks and newlines before it; other spaces of Unicode are text to Markdown. */
export function withoutBlanksBefore(text: string, start: number, end: number): number {
  let index = end;
  while (index > start && isBlankOrNewline(text.charCodeAt(index - 1))) index -= 1;
  return index;
}

function isBlankOrNewline(unit: number): boolean {
  return unit === 0x20 || unit === 0x09 || isNewline(unit);
}

function isNewline(unit: number): boolean {
  return unit === 0x0a || unit === 0x0d;
}
