// Owns the structure parse, the only use of micromark and mdast that a run needs.
import type { Blockquote, Code, List, ListItem, Nodes, Root, RootContent } from 'mdast';
import type {
  CompileContext,
  Options as FromMarkdownOptions,
  Extension as MdastExtension,
  Token,
} from 'mdast-util-from-markdown';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfmFootnoteFromMarkdown } from 'mdast-util-gfm-footnote';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item';
import { toString as textOf } from 'mdast-util-to-string';
import { gfm } from 'micromark-extension-gfm';
import { gfmFootnote } from 'micromark-extension-gfm-footnote';
import { gfmTable } from 'micromark-extension-gfm-table';
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item';
import { combineExtensions } from 'micromark-util-combine-extensions';
import { emptyComment } from './empty-comment.ts';
import { afterNewline, beforeNewline, endOfLine, startOfLine, withoutBlanksBefore } from './end-of-line.ts';
import { endOfFrontMatter, endOfOpenBlock, isOpenAtEnd, nextBoundary } from './next-boundary.ts';
import { hasPlainLines, readPlainBlock } from './plain-block.ts';
import { isReadClosely, skimChunk } from './skim-chunk.ts';
import { withoutSimpleMarkup } from './without-simple-markup.ts';
import { isWhole, type WithoutWords, withoutWords } from './without-words.ts';

/** UTF-16 offsets of the fence runs of a fenced block; `closing` is absent where the fence is never closed. */
export interface Fences {
  readonly opening: readonly [start: number, end: number];
  readonly closing?: readonly [start: number, end: number];
}

declare module 'mdast' {
  interface CodeData {
    /** Absent for indented code. */
    fences?: Fences;
  }
}

/**
 * Constructs that are of no consequence to the structure of a document. Without them a paragraph, a heading or
 * an info string holds its raw text, and parsing costs a third.
 */
const inlineConstructs = [
  'attention',
  'autolink',
  'characterEscape',
  'characterReference',
  'codeText',
  'hardBreakEscape',
  'htmlText',
  'labelEnd',
  'labelStartImage',
  'labelStartLink',
  'gfmAutolinkLiteral',
  'gfmFootnoteCall',
  'strikethrough',
];

/**
 * What micromark is told beside CommonMark. Made with the first chunk that needs it, which many documents have none
 * of, and once, because combining costs as much as a short chunk.
 */
let structureOptions: FromMarkdownOptions | undefined;

function makeStructureOptions(): FromMarkdownOptions {
  const constructs = [
    emptyComment,
    ...[gfmTable(), gfmTaskListItem(), gfmFootnote(), { disable: { null: inlineConstructs } }],
  ];
  return {
    extensions: [combineExtensions(constructs)],
    mdastExtensions: [
      gfmTableFromMarkdown(),
      gfmTaskListItemFromMarkdown(),
      gfmFootnoteFromMarkdown(),
      fenceOffsets,
    ],
  };
}

export interface StructureOptions {
  /** Chunks are cut at the first place behind this length; a test makes them short, or as long as the text. */
  readonly chunkLength?: number;
  /** False to have micromark parse every block. */
  readonly shortcuts?: boolean;
  /** True to pass over what has neither code nor anything else that counts; see `skimChunk`. */
  readonly skim?: boolean;
}

/**
 * Parses the block structure of a document: headings, lists, quotes, code, HTML, tables, front matter, with the
 * offsets of the whole text. Headings hold their raw text (see `plainText`), paragraphs and tables hold nothing
 * but their place. Positions hold offsets only; their lines and columns mean nothing.
 *
 * micromark needs a microsecond for every few characters, and its time grows faster than its input. The text is
 * therefore parsed in chunks that end where nothing but a fence or an HTML block can go on; where one does, the
 * next chunk begins with it again and reaches beyond its end, so that every line is parsed at most a few times.
 * Blocks that are plain at first sight never come to micromark.
 */
export function parseStructure(text: string, options: StructureOptions = {}): Root {
  const { chunkLength = 0 } = options;
  const plain = options.shortcuts !== false && hasPlainLines(text);
  const children: RootContent[] = [];
  const skim = options.skim === true && plain && !isReadClosely(text);
  let start = readFrontMatter(text, children);
  let reach = 0;
  let restarted = false;
  while (start < text.length) {
    const block = plain && !restarted ? readPlainBlock(text, start) : undefined;
    if (block !== undefined) {
      if (block.node !== undefined) children.push(block.node);
      start = block.end;
      continue;
    }
    const end = nextBoundary(text, start, Math.max(reach, start + Math.max(chunkLength, 1)));
    const skimmed = skim && !restarted ? skimChunk(text, start, end) : undefined;
    if (skimmed !== undefined) {
      children.push(skimmed);
      start = end;
      continue;
    }
    const chunk = parseChunk(text, start, end, options.shortcuts !== false);
    const last = chunk.at(-1);
    if (end === text.length || last === undefined || !isOpenAtEnd(last, text, end)) {
      append(children, chunk);
      start = end;
      reach = 0;
      restarted = false;
      continue;
    }
    chunk.pop();
    append(children, chunk);
    const restart = startOfLine(text, startOf(last));
    // A block that is open although it was given all of itself has an end that only micromark knows.
    reach = restarted && restart === start ? text.length : endOfOpenBlock(last, text);
    restarted = true;
    start = restart;
  }
  return { type: 'root', children };
}

function append(all: RootContent[], more: readonly RootContent[]): void {
  for (const node of more) if (holdsAnything(node)) all.push(node);
}

/** Front matter is read here: micromark, having looked in vain for its end, takes lists below it for text. */
function readFrontMatter(text: string, children: RootContent[]): number {
  const end = endOfFrontMatter(text);
  if (end === 0) return 0;
  const valueStart = afterNewline(text, endOfLine(text, 0));
  const valueEnd = Math.max(valueStart, beforeNewline(text, startOfLine(text, end)));
  const type = text.startsWith('-') ? 'yaml' : 'toml';
  const point = { line: 0, column: 0 };
  children.push({
    type: type as 'yaml',
    value: text.slice(valueStart, valueEnd),
    position: { start: { ...point, offset: 0 }, end: { ...point, offset: end } },
  });
  return afterNewline(text, endOfLine(text, end));
}

function parseChunk(text: string, start: number, end: number, shortcuts: boolean): RootContent[] {
  // micromark takes a byte-order mark off the start of what it is given, which here is the middle of a file.
  const chunk = text.slice(start, end).replace(/^\ufeff/, '\u2060');
  structureOptions ??= makeStructureOptions();
  const shorter = shortcuts ? withoutWords(chunk) : undefined;
  if (shorter) {
    const { children } = fromMarkdown(shorter.text, structureOptions);
    if (children.every((child) => holdsWhole(child, shorter))) {
      for (const child of children) settle(child, (offset) => shorter.whole(offset) + start, text);
      return children;
    }
  }
  const { children } = fromMarkdown(chunk, structureOptions);
  for (const child of children) settle(child, (offset) => offset + start, text);
  return children;
}

/** Whether nothing is missing but from paragraphs and tables, whose text is not read from here. */
function holdsWhole(node: Nodes, shorter: WithoutWords): boolean {
  if (node.type === 'paragraph' || node.type === 'table') return true;
  if (isContainer(node) || node.type === 'footnoteDefinition')
    return node.children.every((child) => holdsWhole(child, shorter));
  return isWhole(shorter, startOf(node), endOf(node));
}

/** UTF-16 offset at which a node ends, where micromark says that it ends at `end`. */
function endOfNode(node: Nodes, text: string, start: number, end: number): number {
  // Behind the last line of HTML micromark sometimes counts what the next line begins with in a quote.
  if (node.type === 'html') {
    let line = endOfLine(text, start);
    for (const _ of node.value.matchAll(/\r\n|\r|\n/g)) line = endOfLine(text, afterNewline(text, line));
    return endOfContent(text, start, Math.min(end, line));
  }
  // The blanks behind a closing fence belong to its line, and so to what is written behind it.
  if (node.type === 'code') return endOfContent(text, start, end);
  return withoutBlanksBefore(text, start, end);
}

/** Remembers where the fence runs of a block stand; mdast itself keeps only the start of the first. */
const fenceOffsets: MdastExtension = {
  enter: {
    codeFencedFenceSequence(this: CompileContext, token: Token) {
      const code = this.stack.findLast((node): node is Code => node.type === 'code');
      if (code === undefined) return undefined;
      const run = [token.start.offset, token.end.offset] as const;
      const opening = code.data?.fences?.opening;
      code.data = { fences: opening === undefined ? { opening: run } : { opening, closing: run } };
      return undefined;
    },
  },
};

/** Containers inside containers beyond this are opaque: no author nests so deep, and a stack has an end. */
const deepestNesting = 64;

/**
 * Makes the offsets of a chunk those of the text. Ends are drawn back to the end of the last line with content:
 * micromark ends an open fence, and what contains it, sometimes before and sometimes behind its last newline.
 */
function settle(node: Nodes, place: (offset: number) => number, text: string, depth = 0): void {
  const isOpen = node.type === 'html' || (node.type === 'code' && node.data?.fences?.closing === undefined);
  if (isOpen) node.value = node.value.slice(0, endOfContent(node.value, 0, node.value.length));
  const { position } = node;
  if (position !== undefined) {
    position.start.offset = place(position.start.offset ?? 0);
    position.end.offset = endOfNode(node, text, position.start.offset, place(position.end.offset ?? 0));
  }
  if (node.type === 'code' && node.data?.fences !== undefined) {
    const { opening, closing } = node.data.fences;
    const moved = { opening: [place(opening[0]), place(opening[1])] as const };
    node.data.fences =
      closing === undefined ? moved : { ...moved, closing: [place(closing[0]), place(closing[1])] };
  }
  if (!('children' in node)) return;
  if (node.type === 'paragraph' || node.type === 'table' || depth === deepestNesting) node.children = [];
  else {
    for (const child of node.children) settle(child, place, text, depth + 1);
    if (isContainer(node)) node.children = (node.children as RootContent[]).filter(holdsAnything) as never[];
  }
  const last = node.children.at(-1);
  if (position !== undefined && last !== undefined && isContainer(node)) position.end.offset = endOf(last);
}

/** False for a quote without a block, which a result in the middle of a quote can leave behind. */
function holdsAnything(node: RootContent): boolean {
  return node.type !== 'blockquote' || node.children.length > 0;
}

/**
 * What holds blocks ends with the last of them. To micromark a quote also holds the bare `>` that follow, or not,
 * which depends on what its last block is.
 */
function isContainer(node: Nodes): node is Blockquote | List | ListItem {
  return node.type === 'blockquote' || node.type === 'list' || node.type === 'listItem';
}

function endOfContent(text: string, start: number, end: number): number {
  let contentEnd = end;
  for (let index = end - 1; index >= start; index -= 1) {
    const character = text[index];
    if (character === '\n' || character === '\r') contentEnd = index;
    else if (character !== ' ' && character !== '\t') break;
  }
  return contentEnd;
}

/** True for front matter of any language; mdast has no type for TOML's. */
export function isFrontMatter(node: Nodes): boolean {
  const type: string = node.type;
  return type === 'yaml' || type === 'toml';
}

/** UTF-16 offset at which a node starts. */
export function startOf(node: Nodes): number {
  return node.position?.start.offset ?? 0;
}

/** UTF-16 offset at which a node ends. */
export function endOf(node: Nodes): number {
  return node.position?.end.offset ?? 0;
}

const longestParsedLine = 2_000;

/** A paragraph as one line; what further lines begin with in a quote or a list is not part of it. */
function oneLine(written: string): string {
  return written
    .replace(/[\r\n]+[ \t>]*/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The plain text that a reader sees of a heading, a list item's line or a link's text, written in Markdown. */
export function plainText(written: string): string {
  const line = oneLine(written);
  // A parser needs more than linear time for some lines, and nobody reads a title of this length.
  if (line.length > longestParsedLine) return line;
  return withoutSimpleMarkup(line) ?? parsedText(line);
}

/** The plain text of a line by a full parse of it, which `plainText` avoids where it can. */
export function parsedText(line: string): string {
  return textOf(parseInline(line), { includeHtml: false }).replace(/\s+/g, ' ').trim();
}

/** The only link of a text that is nothing but a link; `undefined` for any other text. */
export function soleLink(written: string): { readonly url: string; readonly text: string } | undefined {
  const line = oneLine(written);
  if (!line.startsWith('[') || !line.endsWith(')') || line.length > longestParsedLine) return undefined;
  const heading = parseInline(line);
  const [only, ...others] = heading !== undefined && 'children' in heading ? heading.children : [];
  if (only?.type !== 'link' || others.length > 0) return undefined;
  return { url: only.url, text: textOf(only, { includeHtml: false }) };
}

/** Made once as well: to make it takes longer than to parse a line with it. */
let inlineOptions: FromMarkdownOptions | undefined;

/** Parses one line as the content of a heading, because there it can be no list, quote or table. */
function parseInline(line: string): RootContent | undefined {
  inlineOptions ??= { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] };
  return fromMarkdown(`# ${line}`, inlineOptions).children[0];
}
