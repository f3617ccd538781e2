// Owns how the lines of a region stand in a document: prefix, blank line above, newline.
import type { SourceFile } from '../../text/source-file.ts';

/** A region with the blank line above it: from the end of a line to the end of a line. */
export function layOutRegion(lines: readonly string[], prefix: string, newline: string): Uint8Array {
  const blank = prefix.replace(/[ \t]+$/u, '');
  const text = ['', blank, ...lines.map((line) => (line === '' ? blank : prefix + line))].join(newline);
  return new TextEncoder().encode(text);
}

/** The newline of the line that ends at `offset`; the document's own where the last line has none. */
export function newlineAt({ bytes, newline }: SourceFile, offset: number): string {
  if (bytes[offset] === 0x0a) return '\n';
  if (bytes[offset] === 0x0d) return bytes[offset + 1] === 0x0a ? '\r\n' : '\r';
  return newline;
}

/** Width of a container's prefix; tab stops are four apart (CommonMark 2.2). */
export function columnsOf(prefix: string): number {
  let column = 0;
  for (const character of prefix) column += character === '\t' ? 4 - (column % 4) : 1;
  return column;
}
