// Owns the tabs and admonitions of Python-Markdown, which hold what is indented by four behind them.
import { endOfFrontMatter } from './next-boundary.ts';

/** A tab or an admonition, from its first line to the end of what it holds; UTF-16 offsets. */
export interface IndentedContainer {
  readonly kind: 'tab' | 'note';
  readonly start: number;
  readonly end: number;
}

const mayHold = /^[ \t]*(?:===|!!!|\?\?\?)[+!]? /m;
const opening = /^( *)(?:(===)[+!]?(?= +"[^"]*"[ \t]*\r?$)|(?:!!!|\?\?\?\+?)(?= +"?[A-Za-z]))/;
const fence = /^ *(`{3,}|~{3,})/;
const listItem = /^ *(?:[-*+]|\d{1,9}[.)]) /;

interface Line {
  readonly start: number;
  readonly text: string;
  /** Blanks before its first character; undefined for an empty line. */
  readonly indent: number | undefined;
}

/** The containers of a document, in order; what stands in front matter and in fences is none. */
export function findIndentedContainers(text: string): readonly IndentedContainer[] {
  if (!mayHold.test(text)) return [];
  const lines = linesOf(text);
  const found: IndentedContainer[] = [];
  let closing: RegExp | undefined;
  for (const [index, { start, text: line, indent = 0 }] of lines.entries()) {
    if (closing !== undefined) {
      if (closing.test(line)) closing = undefined;
      continue;
    }
    const [, run] = fence.exec(line) ?? [];
    if (run !== undefined) {
      closing = new RegExp(`^ *${run[0] === '~' ? '~' : '`'}{${run.length},}[ \\t]*\\r?$`);
      continue;
    }
    const head = opening.exec(line);
    if (head === null || !beginsBlock(lines, index, found)) continue;
    const end = endOfContainer(lines, index, indent, text.length);
    if (end === undefined || !isReached(lines, index, indent, found)) continue;
    found.push({ kind: head[2] === undefined ? 'note' : 'tab', start: start + indent, end });
  }
  return found;
}

/** The text, as long as before, with the containers as list items, which hold the same lines. */
export function asListItems(text: string): string {
  let written = '';
  let from = 0;
  for (const { start } of findIndentedContainers(text)) {
    const mark = /^\S+/.exec(text.slice(start, start + 5))?.[0] ?? '';
    written += `${text.slice(from, start)}+  ${mark.length > 3 ? '.' : ''}`;
    from = start + Math.max(mark.length, 3);
  }
  return from === 0 ? text : written + text.slice(from);
}

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (let start = endOfFrontMatter(text); start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(start, end);
    const indent = line.search(/\S/);
    lines.push({ start, text: line, indent: indent === -1 ? undefined : indent });
    start = end + 1;
  }
  return lines;
}

/** Behind a line of a paragraph it would be one more of that. */
function beginsBlock(lines: readonly Line[], index: number, found: readonly IndentedContainer[]): boolean {
  const before = lines[index - 1];
  if (before === undefined || before.indent === undefined || /^ *#{1,6} /.test(before.text)) return true;
  return found.at(-1)?.start === before.start + before.indent;
}

/** Where the lines that are indented behind it end; undefined where there are none. */
function endOfContainer(
  lines: readonly Line[],
  index: number,
  indent: number,
  length: number,
): number | undefined {
  let held = false;
  for (let at = index + 1; at < lines.length; at += 1) {
    const line = lines[at];
    if (line?.indent === undefined) continue;
    if (line.indent < indent + 4) return held ? line.start : undefined;
    held = true;
  }
  return held ? length : undefined;
}

/** Indented by four or more it is code, unless a list item or a container around it holds it. */
function isReached(
  lines: readonly Line[],
  index: number,
  indent: number,
  found: readonly IndentedContainer[],
): boolean {
  if (indent < 4) return true;
  const at = lines[index]?.start ?? 0;
  if (found.some(({ start, end }) => start < at && at < end)) return true;
  const around = lines.slice(0, index).findLast((line) => line.indent !== undefined && line.indent < indent);
  return around !== undefined && listItem.test(around.text);
}
