// Owns finding what is still to be written in a page: named marks, at which a template is filled in, and plain words.
import type { Code, Nodes, Root } from 'mdast';
import { languageOf } from '../../languages/languages.ts';
import { yamlScalars } from '../front-matter/read-yaml.ts';
import { afterNewline, endOfLine } from '../markdown/end-of-line.ts';
import { parseStructure } from '../markdown/parse-structure.ts';

/** A place that is still to be written, in UTF-16 offsets of the text. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  /** As it is written. */
  readonly text: string;
  /** The word in the parentheses of a named mark. */
  readonly name?: string;
  /** In `code`, which is run, nothing is ever filled in. */
  readonly where: 'front-matter' | 'text' | 'code';
}

/** YAML front matter as it stands in a page. */
export interface WrittenFrontMatter {
  /** The UTF-16 offset of its first line behind the fence. */
  readonly start: number;
  readonly yaml: string;
}

type Range = readonly [start: number, end: number];

/** What is told apart before anything is looked for. */
interface Places {
  readonly frontMatter: WrittenFrontMatter | undefined;
  readonly code: readonly { readonly range: Range; readonly language: string | undefined }[];
  /** Comments, and what the tool itself has written. */
  readonly hidden: readonly Range[];
}

const anyMark = /\b(?:TODO|TBD|FIXME)\b/;
const named = /\bTODO\(([A-Za-z][A-Za-z0-9_-]*)\)/g;
const plain = /(?<![\w/.#$-])(?:TODO|TBD|FIXME)(?![\w/(-]|\.\w)|(?<![\w/.#$-])(?:TODO|FIXME)(?=\()/g;
/** Nothing but marks of Markdown stands before it on its line. */
const opensLine = /^[\s>*_#|+\-\d.)[\]x]*$/;
/** A list of such notes, or a comment, is spoken of. */
const speaksOfNotes = /^\s+(?:lists?|items?|comments?|notes?|files?|apps?|application|tasks?|markers?)\b/i;
const ends = /^(?::|[*_`"']*(?:\s*(?:$|[|)\],;])|[.!?](?:\s|$)))/;

/** The YAML front matter of a page; undefined where it has none. */
export function writtenFrontMatter(
  text: string,
  root: Root = parseStructure(text),
): WrittenFrontMatter | undefined {
  const [first] = root.children;
  if (first?.type !== 'yaml') return undefined;
  const start = afterNewline(text, endOfLine(text, first.position?.start.offset ?? 0));
  return { start, yaml: text.slice(start, start + first.value.length) };
}

/** All places that are still to be written, in their order. Comments and the words of inline code are none. */
export function findMarks(text: string): readonly Mark[] {
  if (!anyMark.test(text)) return [];
  const places = placesOf(text);
  return [...namedMarks(text, places), ...plainMarks(text, places)].sort(
    (one, other) => one.start - other.start,
  );
}

function namedMarks(text: string, places: Places): readonly Mark[] {
  return [...text.matchAll(named)].flatMap((match): readonly Mark[] => {
    const where = whereIs(match.index, text, places);
    if (where === undefined) return [];
    const [whole, name = ''] = match;
    return [{ start: match.index, end: match.index + whole.length, text: whole, name, where }];
  });
}

/** Where a named mark stands; undefined where it is none of ours: in a comment, in code of other languages. */
function whereIs(
  offset: number,
  text: string,
  { frontMatter, code, hidden }: Places,
): Mark['where'] | undefined {
  if (hidden.some((range) => isIn(offset, range))) return undefined;
  if (frontMatter !== undefined && isIn(offset, [0, frontMatter.start + frontMatter.yaml.length]))
    return isInScalar(offset, frontMatter) ? 'front-matter' : undefined;
  const block = code.find(({ range }) => isIn(offset, range));
  if (block === undefined) return 'text';
  const family = languageOf(block.language ?? 'sh')?.family;
  if (family === undefined) return 'text';
  const before = text.slice(text.lastIndexOf('\n', offset) + 1, offset);
  return family === 'shell' && !before.includes('#') ? 'code' : undefined;
}

function plainMarks(text: string, { frontMatter, code, hidden }: Places): readonly Mark[] {
  const passed = [...hidden, ...code.map(({ range }) => range), ...inlineCode(text)];
  return [...text.matchAll(plain)].flatMap((match): readonly Mark[] => {
    const { index: start } = match;
    const [word] = match;
    const end = start + word.length;
    if (passed.some((range) => isIn(start, range))) return [];
    if (text.startsWith('(', end) && /^\([A-Za-z][A-Za-z0-9_-]*\)/.test(text.slice(end))) return [];
    const isFront = frontMatter !== undefined && start < frontMatter.start + frontMatter.yaml.length;
    if (isFront && !isInScalar(start, frontMatter)) return [];
    if (
      !saysSo(
        word,
        text.slice(text.lastIndexOf('\n', start) + 1, start),
        text.slice(end, endOfLine(text, end)),
      )
    )
      return [];
    return [{ start, end, text: word, where: isFront ? 'front-matter' : 'text' }];
  });
}

/** Whether the word says that something is to be written, and does not speak of such words. */
function saysSo(word: string, before: string, after: string): boolean {
  if (word === 'TBD' || after.startsWith('(')) return true;
  if (speaksOfNotes.test(after)) return false;
  return after.startsWith(':') || opensLine.test(before) || (/[|:([*_]\s*$/.test(before) && ends.test(after));
}

function placesOf(text: string): Places {
  const root = parseStructure(text);
  const code: { range: Range; language: string | undefined }[] = [];
  const visit = (node: Nodes): void => {
    if (node.type === 'code') code.push({ range: rangeOf(node), language: labelOf(node, text) });
    else if ('children' in node) for (const child of node.children) visit(child);
  };
  visit(root);
  const isCode = (offset: number) => code.some(({ range }) => isIn(offset, range));
  const written =
    /<!-- runsheet:(result|log)\b[\s\S]*?<!-- \/runsheet:\1 -->|<!--[\s\S]*?(?:-->|$(?![\s\S]))/g;
  const hidden = [...text.matchAll(written)].flatMap(({ 0: { length }, index }): readonly Range[] =>
    isCode(index) ? [] : [[index, index + length]],
  );
  return { frontMatter: writtenFrontMatter(text, root), code, hidden };
}

/** The label of a fence; undefined where it has none, and for indented code. */
function labelOf({ data }: Code, text: string): string | undefined {
  if (data?.fences === undefined) return undefined;
  const [, opening] = data.fences.opening;
  return /^[\s{.]*([\w+-]+)/.exec(text.slice(opening, endOfLine(text, opening)))?.[1];
}

function inlineCode(text: string): readonly Range[] {
  return [...text.matchAll(/(?<!`)(`+)(?!`)[^`\n](?:[^\n]*?[^`\n])?\1(?!`)/g)].map(
    ({ 0: { length }, index }): Range => [index, index + length],
  );
}

function isInScalar(offset: number, { start, yaml }: WrittenFrontMatter): boolean {
  return yamlScalars(yaml).some((scalar) => isIn(offset - start, [scalar.start, scalar.end]));
}

function isIn(offset: number, [start, end]: Range): boolean {
  return offset >= start && offset < end;
}

function rangeOf({ position }: Nodes): Range {
  return [position?.start.offset ?? 0, position?.end.offset ?? 0];
}
