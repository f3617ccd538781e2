// Owns reading lists of plain items, a shortcut past micromark like that for plain blocks.
import type { List, ListItem } from 'mdast';
import type { Position } from 'unist';
import { withoutBlanksBefore } from './end-of-line.ts';
import type { PlainLine } from './plain-line.ts';
import { continuesParagraph, isBlank, isHeading, lineAt, opensParagraph } from './plain-line.ts';

/** Marker, its kind (bullet or delimiter), its padding, and the box of a task. */
const itemPattern = /^(([-+*])|(\d{1,9})([.)]))( {1,4})(?=\S)(\[[ xX]\][ \t]+(?=\S))?/;

interface OpenItem {
  readonly start: number;
  /** Column at which a block has to begin to belong to the item. */
  readonly contentColumn: number;
  readonly paragraphStart: number;
  readonly checked: boolean | null;
  paragraphEnd: number;
  nested?: List;
}

interface PlainList {
  readonly node: List;
  /** Where the first line begins that is not the list's. */
  readonly end: number;
}

/**
 * Reads a list whose items are one plain paragraph each, with one list below it or none, and whose
 * first line begins at `start` with `indent` spaces. Code in an item, a second paragraph and whatever else is not
 * plain give `undefined`: then all of it is for micromark.
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
    if (isBlank(written)) isAfterBlank = true;
    else if (marker !== null && column < indent) break;
    else if (marker !== null && column === indent) {
      const next =
        (marker[2] ?? marker[4]) === kind ? openItem(text, position + column, line, marker) : undefined;
      if (next === undefined) return undefined;
      items.push({ ...next, contentColumn: column + next.contentColumn });
      isAfterBlank = false;
    } else if (marker !== null) {
      if (item === undefined || isAfterBlank || !nests(item, column, marker)) return undefined;
      const nested = readPlainList(text, position, column);
      if (nested === undefined) return undefined;
      item.nested = nested.node;
      position = nested.end;
      end = nested.end;
      continue;
    } else if (endsList(written, isAfterBlank)) {
      break;
    } else {
      const goesOn = !isAfterBlank && item?.nested === undefined && continuesParagraph(written);
      if (!goesOn || item === undefined) return undefined;
      item.paragraphEnd = withoutBlanksBefore(text, position, line.end);
    }
    if (!isAfterBlank) end = line.next;
    position = line.next;
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

function openItem(
  text: string,
  start: number,
  line: PlainLine,
  marker: RegExpExecArray,
): OpenItem | undefined {
  if (!opensParagraph(text.slice(start + marker[0].length, line.end))) return undefined;
  const box = marker[6];
  return {
    start,
    contentColumn: (marker[1] ?? '').length + (marker[5] ?? '').length,
    paragraphStart: start + marker[0].length,
    checked: box === undefined ? null : box.charAt(1) !== ' ',
    paragraphEnd: withoutBlanksBefore(text, start, line.end),
  };
}

/** Whether a marker right below an item's paragraph begins a list in the item, and the only one. */
function nests(item: OpenItem, column: number, marker: RegExpExecArray): boolean {
  const interrupts = marker[3] === undefined || marker[3] === '1';
  const isInside = column >= item.contentColumn && column < item.contentColumn + 4;
  return item.nested === undefined && interrupts && isInside;
}

function closeItem({ start, paragraphStart, checked, paragraphEnd, nested }: OpenItem): ListItem {
  return {
    type: 'listItem',
    spread: false,
    checked,
    children: [
      { type: 'paragraph', children: [], position: places(paragraphStart, paragraphEnd) },
      ...(nested === undefined ? [] : [nested]),
    ],
    position: places(start, nested?.position?.end.offset ?? paragraphEnd),
  };
}

/** A heading ends a list always; a word in the first column does behind a blank line, where it cannot be lazy. */
function endsList(written: string, isAfterBlank: boolean): boolean {
  if (isHeading(written)) return true;
  return (
    isAfterBlank &&
    (/^[^\s>*+\-\d]/.test(written) || opensParagraph(written) || /^-{3,}[ \t]*$/.test(written))
  );
}

function places(start: number, end: number): Position {
  return { start: { line: 0, column: 0, offset: start }, end: { line: 0, column: 0, offset: end } };
}
