// Owns reading lists of plain items, a shortcut past micromark like that for plain blocks.
import type { Code, List, ListItem, Paragraph } from 'mdast';
import type { Position } from 'unist';
import { withoutBlanksBefore } from './end-of-line.ts';
import type { PlainLine } from './plain-line.ts';
import { continuesParagraph, isBlank, isHeading, lineAt, opensParagraph } from './plain-line.ts';
import { readPlainFence } from './read-plain-fence.ts';

/** Marker, its kind (bullet or delimiter), its padding, and the box of a task. */
const itemPattern = /^(([-+*])|(\d{1,9})([.)]))( {1,4})(?=\S)(\[[ xX]\][ \t]+(?=\S))?/;

interface OpenItem {
  readonly start: number;
  /** Column at which a block has to begin to belong to the item. */
  readonly contentColumn: number;
  readonly checked: boolean | null;
  readonly children: (Paragraph | Code | List)[];
}

interface PlainList {
  readonly node: List;
  /** Where the first line begins that is not the list's. */
  readonly end: number;
}

/**
 * Reads a list whose first line begins at `start` with `indent` spaces, and whose items hold nothing but plain
 * paragraphs, the first thing in each, fenced code and such lists. Whatever else they hold gives `undefined`: then
 * all of it is for micromark.
 */
export function readPlainList(text: string, start: number, indent = 0): PlainList | undefined {
  const first = itemPattern.exec(text.slice(start + indent, lineAt(text, start).end));
  if (first === null) return undefined;
  const kind = first[2] ?? first[4];
  const items: OpenItem[] = [];
  let position = start;
  let isAfterBlank = false;
  let end = start;
  while (position < text.length) {
    const line = lineAt(text, position);
    const written = text.slice(position, line.end);
    const column = written.search(/[^ ]|$/);
    const marker = itemPattern.exec(written.slice(column));
    const item = items.at(-1);
    if (isBlank(written)) {
      isAfterBlank = true;
      position = line.next;
      continue;
    }
    if (column < indent && (marker !== null || isAfterBlank)) break;
    if (marker !== null && column === indent) {
      const isOther = (marker[2] ?? marker[4]) !== kind;
      if (isOther && isAfterBlank && indent === 0) break;
      const next = isOther ? undefined : openItem(text, position + column, line, marker);
      if (next === undefined) return undefined;
      items.push({ ...next, contentColumn: column + next.contentColumn });
      end = line.next;
    } else if (marker === null && endsList(written, isAfterBlank)) {
      break;
    } else {
      const next = item && goOn(text, position, { item, column, marker, isAfterBlank });
      if (next === undefined) return undefined;
      end = next;
    }
    isAfterBlank = false;
    position = end;
  }
  const children = items.map(closeItem);
  const ordered = first[3] !== undefined;
  const node: List = {
    type: 'list',
    ordered,
    start: ordered ? Number(first[3]) : null,
    spread: false,
    children,
    position: places(start + indent, children.at(-1)?.position?.end.offset ?? start),
  };
  return { node, end };
}

interface FurtherLine {
  readonly item: OpenItem;
  readonly column: number;
  readonly marker: RegExpExecArray | null;
  readonly isAfterBlank: boolean;
}

/** Reads what goes on with an item at a further line; gives where the next line begins. */
function goOn(
  text: string,
  position: number,
  { item, column, marker, isAfterBlank }: FurtherLine,
): number | undefined {
  const line = lineAt(text, position);
  const { children, contentColumn: content } = item;
  const last = children.at(-1);
  const isInside = column >= content && column < content + 4;
  if (marker !== null) {
    // Only what may interrupt a paragraph begins a list right below one.
    const mayBegin = isAfterBlank || (last?.type === 'paragraph' && (marker[3] ?? '1') === '1');
    if (!isInside || !mayBegin || last?.type === 'list') return undefined;
    const nested = readPlainList(text, position, column);
    if (nested !== undefined) children.push(nested.node);
    return nested?.end;
  }
  const written = text.slice(position + column, line.end);
  if (isInside && (last?.type !== 'list' || isAfterBlank) && /^(?:```|~~~)/.test(written)) {
    const fence = readPlainFence(text, position, { content, indent: column });
    if (fence !== undefined) children.push(fence.node);
    return fence?.end;
  }
  const end = withoutBlanksBefore(text, position, line.end);
  if (
    last?.type === 'paragraph' &&
    !isAfterBlank &&
    continuesParagraph(text.slice(position, line.end), text, line.next)
  ) {
    last.position = places(last.position?.start.offset ?? position, end);
    return line.next;
  }
  const opens =
    isInside && (isAfterBlank || last?.type === 'code') && opensParagraph(written, text, line.next);
  if (!opens) return undefined;
  children.push({ type: 'paragraph', children: [], position: places(position + column, end) });
  return line.next;
}

function openItem(
  text: string,
  start: number,
  line: PlainLine,
  marker: RegExpExecArray,
): OpenItem | undefined {
  if (!opensParagraph(text.slice(start + marker[0].length, line.end), text, line.next)) return undefined;
  const box = marker[6];
  const paragraphEnd = withoutBlanksBefore(text, start, line.end);
  return {
    start,
    contentColumn: (marker[1] ?? '').length + (marker[5] ?? '').length,
    checked: box === undefined ? null : box.charAt(1) !== ' ',
    children: [{ type: 'paragraph', children: [], position: places(start + marker[0].length, paragraphEnd) }],
  };
}

function closeItem({ start, checked, children }: OpenItem): ListItem {
  const end = children.at(-1)?.position?.end.offset ?? start;
  return { type: 'listItem', spread: false, checked, children, position: places(start, end) };
}

/** A heading ends a list always; a word in the first column does behind a blank line, where it cannot be lazy. */
function endsList(written: string, isAfterBlank: boolean): boolean {
  if (isHeading(written)) return true;
  return isAfterBlank && /^(?:[^\s>*+\-\d]|\*{1,2}[A-Za-z`"]|\d+[^\d.)\s]|-{3,}[ \t]*$)/.test(written);
}

function places(start: number, end: number): Position {
  return { start: { line: 0, column: 0, offset: start }, end: { line: 0, column: 0, offset: end } };
}
