// Owns reading lists of plain items, a shortcut past micromark like that for plain blocks; knows nothing of nesting.
import type { List, ListItem } from 'mdast';
import type { Position } from 'unist';
import type { Line } from './plain-lines.ts';
import { continuesParagraph, isBlank, isHeading, lineAt, opensParagraph } from './plain-lines.ts';
import { withoutBlanksBefore } from './text-lines.ts';

/** Marker, its kind (bullet or delimiter), its padding, and the box of a task. */
const itemPattern = /^(([-+*])|(\d{1,9})([.)]))( {1,4})(?=\S)(\[[ xX]\][ \t]+(?=\S))?/;

interface OpenItem {
  readonly start: number;
  readonly paragraphStart: number;
  readonly checked: boolean | null;
  end: number;
}

/**
 * Reads a list whose items are one plain paragraph each and that begins in the first column at `start`. A nested
 * list, code in an item and whatever else is not plain give `undefined`: then all of it is for micromark.
 */
export function readPlainList(
  text: string,
  start: number,
): { readonly node: List; readonly end: number } | undefined {
  const first = itemPattern.exec(text.slice(start, lineAt(text, start).end));
  if (first === null) return undefined;
  const kind = first[2] ?? first[4];
  const items: OpenItem[] = [];
  let position = start;
  let isAfterBlank = false;
  let end = start;
  while (position < text.length) {
    const line = lineAt(text, position);
    const written = text.slice(position, line.end);
    const marker = itemPattern.exec(written);
    if (isBlank(written)) isAfterBlank = true;
    else if (marker !== null) {
      const item = (marker[2] ?? marker[4]) === kind ? openItem(text, position, line, marker) : undefined;
      if (item === undefined) return undefined;
      items.push(item);
      isAfterBlank = false;
    } else if (endsList(written, isAfterBlank)) {
      break;
    } else {
      const item = items.at(-1);
      if (isAfterBlank || item === undefined || !continuesParagraph(written)) return undefined;
      item.end = withoutBlanksBefore(text, position, line.end);
    }
    if (!isAfterBlank) end = line.next;
    position = line.next;
  }
  const ordered = first[3] !== undefined;
  const node: List = {
    type: 'list',
    ordered,
    start: ordered ? Number(first[3]) : null,
    spread: false,
    children: items.map(closeItem),
    position: places(start, items.at(-1)?.end ?? start),
  };
  return { node, end };
}

function openItem(text: string, start: number, line: Line, marker: RegExpExecArray): OpenItem | undefined {
  if (!opensParagraph(text.slice(start + marker[0].length, line.end))) return undefined;
  const box = marker[6];
  return {
    start,
    paragraphStart: start + marker[0].length,
    checked: box === undefined ? null : box.charAt(1) !== ' ',
    end: withoutBlanksBefore(text, start, line.end),
  };
}

function closeItem({ start, paragraphStart, checked, end }: OpenItem): ListItem {
  return {
    type: 'listItem',
    spread: false,
    checked,
    children: [{ type: 'paragraph', children: [], position: places(paragraphStart, end) }],
    position: places(start, end),
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
