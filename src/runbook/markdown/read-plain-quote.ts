// Owns reading quotes of plain paragraphs, a shortcut past micromark like that for plain blocks.
import type { Blockquote, Paragraph } from 'mdast';
import type { Position } from 'unist';
import { withoutBlanksBefore } from './end-of-line.ts';
import { continuesParagraph, isBlank, lineAt, opensParagraph } from './plain-line.ts';

/**
 * Reads a quote whose every line carries its mark and that holds nothing but plain paragraphs, or nothing. Code, lists and
 * further quotes inside it, and lines that leave the mark out, give `undefined`: then all of it is for micromark.
 */
export function readPlainQuote(
  text: string,
  start: number,
): { readonly node?: Blockquote; readonly end: number } | undefined {
  const paragraphs: { readonly start: number; end: number }[] = [];
  let open = false;
  let position = start;
  while (position < text.length) {
    const line = lineAt(text, position);
    const written = text.slice(position, line.end);
    if (isBlank(written)) break;
    if (!written.startsWith('>')) return undefined;
    const content = written.slice(written.startsWith('> ') ? 2 : 1);
    const contentStart = line.end - content.length;
    const contentEnd = withoutBlanksBefore(text, contentStart, line.end);
    const last = paragraphs.at(-1);
    if (isBlank(content)) open = false;
    else if (open && last !== undefined && continuesParagraph(content, text, line.next))
      last.end = contentEnd;
    else if (!open && opensParagraph(content, text, line.next)) {
      paragraphs.push({ start: contentStart, end: contentEnd });
      open = true;
    } else return undefined;
    position = line.next;
  }
  const children = paragraphs.map(
    (paragraph): Paragraph => ({
      type: 'paragraph',
      children: [],
      position: places(paragraph.start, paragraph.end),
    }),
  );
  const last = paragraphs.at(-1);
  if (last === undefined) return { end: position };
  return { node: { type: 'blockquote', children, position: places(start, last.end) }, end: position };
}

function places(start: number, end: number): Position {
  return { start: { line: 0, column: 0, offset: start }, end: { line: 0, column: 0, offset: end } };
}
