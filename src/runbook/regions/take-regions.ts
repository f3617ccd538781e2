// Owns telling the regions that a run wrote from the author's text.
import type { Nodes, Parents, Root } from 'mdast';
import { beforeNewline, startOfLine } from '../markdown/end-of-line.ts';
import { endOf, startOf } from '../markdown/parse-structure.ts';
import { logEnd, logStart, parseResultStart, type ResultMarker, resultEnd } from './result-marker.ts';

/**
 * A region in UTF-16 offsets: from the end of the line that it was inserted after to the end of its closing
 * marker, so that taking it out gives back the author's text.
 */
export type FoundRegion =
  | ({ readonly type: 'result'; readonly start: number; readonly end: number } & ResultMarker)
  | { readonly type: 'log'; readonly start: number; readonly end: number };

/** An opening marker that nothing closes; a reader may have cut the region in two by hand. */
export interface TornMarker {
  readonly start: number;
  readonly end: number;
}

export interface FoundRegions {
  readonly regions: readonly FoundRegion[];
  readonly torn: readonly TornMarker[];
}

type Marker =
  | ({ readonly opens: true; readonly kind: 'result' } & ResultMarker)
  | { readonly opens: true; readonly kind: 'log' }
  | { readonly opens: false; readonly kind: 'result' | 'log' };

/**
 * Finds the regions of a document and takes their nodes out of its tree. A marker counts only where Markdown
 * sees a comment, alone on its line, and its partner stands in the same container behind the same prefix; the
 * same text in an author's code block is text.
 */
export function takeRegions(root: Root, text: string): FoundRegions {
  const regions: FoundRegion[] = [];
  const torn: TornMarker[] = [];
  if (text.includes('<!-- runsheet:')) takeFrom(root, text, regions, torn);
  regions.sort((left, right) => left.start - right.start);
  torn.sort((left, right) => left.start - right.start);
  return { regions, torn };
}

function takeFrom(parent: Parents, text: string, regions: FoundRegion[], torn: TornMarker[]): void {
  const children = parent.children as Nodes[];
  const kept: Nodes[] = [];
  let open:
    | { readonly marker: Marker & { opens: true }; readonly node: Nodes; readonly keptBefore: number }
    | undefined;
  for (const node of children) {
    const marker = readMarker(node, text);
    if (marker?.opens === true) {
      if (open !== undefined) torn.push({ start: startOf(open.node), end: endOf(open.node) });
      open = { marker, node, keptBefore: kept.length };
    } else if (
      marker !== undefined &&
      open?.marker.kind === marker.kind &&
      linePrefix(text, commentStart(open.node, text)) === linePrefix(text, commentStart(node, text))
    ) {
      kept.length = open.keptBefore;
      regions.push(makeRegion(open.marker, text, commentStart(open.node, text), endOf(node)));
      open = undefined;
      continue;
    }
    kept.push(node);
  }
  if (open !== undefined) torn.push({ start: startOf(open.node), end: endOf(open.node) });
  if (kept.length < children.length) {
    for (const [at, node] of kept.entries()) children[at] = node;
    children.length = kept.length;
  }
  for (const node of kept) if ('children' in node) takeFrom(node, text, regions, torn);
}

function makeRegion(
  marker: Marker & { opens: true },
  text: string,
  openingStart: number,
  end: number,
): FoundRegion {
  const start = startBefore(text, openingStart);
  if (marker.kind === 'log') return { type: 'log', start, end };
  const { opens: _opens, kind: _kind, ...said } = marker;
  return { type: 'result', ...said, start, end };
}

/** A comment that is a marker and fills its line; the line's end may have lost or gained no blanks. */
function readMarker(node: Nodes, text: string): Marker | undefined {
  if (node.type !== 'html' || !node.value.includes('runsheet:')) return undefined;
  const end = endOf(node);
  if (end < text.length && text[end] !== '\n' && text[end] !== '\r') return undefined;
  if (!/^[ \t>]*$/.test(linePrefix(text, commentStart(node, text)))) return undefined;
  const comment = node.value.trim();
  if (comment === resultEnd) return { opens: false, kind: 'result' };
  if (comment === logEnd) return { opens: false, kind: 'log' };
  if (comment === logStart) return { opens: true, kind: 'log' };
  const result = parseResultStart(comment);
  return result === undefined ? undefined : { opens: true, kind: 'result', ...result };
}

/** A node of HTML begins with the blanks before it where it stands deeper than its container. */
function commentStart(node: Nodes, text: string): number {
  let start = startOf(node);
  while (text[start] === ' ' || text[start] === '\t') start += 1;
  return start;
}

function linePrefix(text: string, offset: number): string {
  return text.slice(startOfLine(text, offset), offset);
}

/** A region brings the newline before it, and the empty line of its container that sets it apart. */
function startBefore(text: string, openingStart: number): number {
  const markerLine = startOfLine(text, openingStart);
  if (markerLine === 0) return 0;
  const before = beforeNewline(text, markerLine);
  const previousLine = startOfLine(text, before);
  const prefix = text.slice(markerLine, openingStart);
  const isSetApart = text.slice(previousLine, before) === prefix.trimEnd();
  return isSetApart && previousLine > 0 ? beforeNewline(text, previousLine) : before;
}
