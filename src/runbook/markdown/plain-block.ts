// Owns reading the blocks that one look at their lines decides: a shortcut, never another Markdown than micromark's.
import type { Html, RootContent } from 'mdast';
import type { Position } from 'unist';
import { withoutBlanksBefore } from './end-of-line.ts';
import type { PlainLine } from './plain-line.ts';
import { continuesParagraph, isBlank, lineAt, opensParagraph } from './plain-line.ts';
import { readPlainFence } from './read-plain-fence.ts';
import { readPlainList } from './read-plain-list.ts';
import { readPlainQuote } from './read-plain-quote.ts';

/** A block and where the next one may begin; blank lines are no block. */
export interface PlainBlock {
  readonly node?: RootContent;
  readonly end: number;
}

/**
 * Reads the block that begins in the first column at `start`, where everything before it has ended. Headings,
 * fenced code, comments of one line, rules and paragraphs of plain words are most of a runbook; what could be
 * anything else gives `undefined` and is for micromark. Lines must end with `\n` or `\r\n`.
 */
export function readPlainBlock(text: string, start: number): PlainBlock | undefined {
  const line = lineAt(text, start);
  const first = text.charCodeAt(start);
  if (line.end === start) return { end: line.next };
  if (first === hash) return readHeading(text, start, line);
  if (first === backtick || first === tilde)
    return readPlainFence(text, start, atLeftEdge) ?? readParagraph(text, start, line);
  if (first === lessThan) return readComment(text, start);
  if (first === pipe) return readTable(text, start, line);
  if (first === greaterThan) return readPlainQuote(text, start);
  if (first === space || first === tab) {
    return isBlank(text.slice(start, line.end)) ? { end: line.next } : undefined;
  }
  return readParagraph(text, start, line) ?? readPlainList(text, start);
}

/** True for a text that `readPlainBlock` can read: it knows no carriage returns that stand alone. */
export function hasPlainLines(text: string): boolean {
  return !text.includes('\r') || !/\r(?!\n)/.test(text);
}

const hash = 0x23;
const backtick = 0x60;
const tilde = 0x7e;
const lessThan = 0x3c;
const greaterThan = 0x3e;
const pipe = 0x7c;
const space = 0x20;
const tab = 0x09;

const atLeftEdge = { content: 0, indent: 0 };

function position(start: number, end: number): Position {
  return { start: { line: 0, column: 0, offset: start }, end: { line: 0, column: 0, offset: end } };
}

function readHeading(text: string, start: number, line: PlainLine): PlainBlock | undefined {
  const marks = /^#{1,6}(?=[ \t]|$)/.exec(text.slice(start, Math.min(line.end, start + 8)))?.[0].length;
  if (marks === undefined) return undefined;
  const contentStart = start + marks;
  // A heading ends behind its closing marks, which count as such only behind a blank.
  const end = withoutBlanksBefore(text, contentStart, line.end);
  let closing = end;
  while (closing > contentStart && text.charCodeAt(closing - 1) === hash) closing -= 1;
  const beforeClosing = withoutBlanksBefore(text, contentStart, closing);
  const valueEnd = beforeClosing < closing ? beforeClosing : end;
  let from = contentStart;
  while (from < valueEnd && (text.charCodeAt(from) === space || text.charCodeAt(from) === tab)) from += 1;
  const value = text.slice(from, valueEnd);
  const children = value === '' ? [] : [{ type: 'text' as const, value, position: position(from, valueEnd) }];
  const depth = marks as 1 | 2 | 3 | 4 | 5 | 6;
  return { node: { type: 'heading', depth, children, position: position(start, end) }, end: line.next };
}

/** A comment ends with the line that holds its end. */
function readComment(text: string, start: number): PlainBlock | undefined {
  if (!text.startsWith('<!--', start)) return undefined;
  // The dashes that begin one may end it.
  const close = text.indexOf('-->', start + 2);
  if (close === -1) return undefined;
  const line = lineAt(text, close);
  const node: Html = {
    type: 'html',
    value: text.slice(start, line.end),
    position: position(start, line.end),
  };
  return { node, end: line.next };
}

const delimiterRow = /^\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*$/;

/** A table whose every row begins with a pipe, up to a blank line. */
function readTable(text: string, start: number, first: PlainLine): PlainBlock | undefined {
  const second = lineAt(text, first.next);
  const header = text.slice(start, first.end);
  const delimiters = text.slice(first.next, second.end);
  if (!delimiterRow.test(delimiters) || header.includes('\\') || !/\|[ \t]*$/.test(header)) return undefined;
  if (header.split('|').length !== delimiters.split('|').length) return undefined;
  let line = second;
  while (line.next < text.length) {
    const next = lineAt(text, line.next);
    const written = text.slice(line.next, next.end);
    if (isBlank(written)) break;
    if (!written.startsWith('|')) return undefined;
    line = next;
  }
  const end = withoutBlanksBefore(text, start, line.end);
  return { node: { type: 'table', children: [], position: position(start, end) }, end: line.next };
}

/**
 * What ends a paragraph without a blank line, and nothing else would. A further marker behind the first is for
 * micromark, to which it is none where a paragraph is ended.
 */
const endsParagraph =
  /^(?:#{1,6}(?:[ \t]|$)|[-+*][ \t]+(?!\+|\d{1,9}[.)])[^\s*_-]|1[.)][ \t]+(?![-+*]|\d{1,9}[.)])\S)/;

function readParagraph(text: string, start: number, first: PlainLine): PlainBlock | undefined {
  const opening = text.slice(start, first.end);
  if (/^(?:-{3,}|\*{3,}|_{3,})[ \t]*$/.test(opening)) {
    const end = start + opening.length;
    return { node: { type: 'thematicBreak', position: position(start, end) }, end: first.next };
  }
  if (!opensParagraph(opening, text, first.next)) return undefined;
  let line = first;
  while (line.next < text.length) {
    const next = lineAt(text, line.next);
    const written = text.slice(line.next, next.end);
    if (isBlank(written) || endsParagraph.test(written)) break;
    if (!continuesParagraph(written, text, next.next)) return undefined;
    line = next;
  }
  const end = withoutBlanksBefore(text, start, line.end);
  return { node: { type: 'paragraph', children: [], position: position(start, end) }, end: line.next };
}
