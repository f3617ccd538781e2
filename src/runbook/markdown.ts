// Owns the structure parse, the only use of micromark and mdast that a run needs; knows nothing of runbooks.
import type { Code, Nodes, Root, RootContent } from 'mdast';
import type { CompileContext, Extension as MdastExtension, Token } from 'mdast-util-from-markdown';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { toString as textOf } from 'mdast-util-to-string';
import { frontmatter } from 'micromark-extension-frontmatter';
import { gfm } from 'micromark-extension-gfm';
import { endOfFrontMatter, endOfOpenBlock, isOpenAtEnd, nextBoundary } from './chunk-boundaries.ts';
import { startOfLine } from './text-lines.ts';

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

/** Shorter chunks parse no faster: the cost of micromark grows with the length of what it is given. */
const defaultChunkLength = 16_384;

/**
 * Parses the block structure of a document: headings, lists, quotes, code, HTML, tables, front matter, with the
 * offsets of the whole text. Text inside paragraphs and headings stays as written (see `plainText`).
 *
 * micromark's time grows faster than its input. The text is therefore parsed in chunks that end where nothing
 * but a fence or an HTML block can go on; where one does, the next chunk begins with it again and reaches
 * beyond its end, so that every line is parsed at most a few times. Positions hold offsets only; their lines
 * and columns are those of the chunk.
 */
export function parseStructure(text: string, chunkLength = defaultChunkLength): Root {
  const children: RootContent[] = [];
  let start = 0;
  const frontMatterEnd = endOfFrontMatter(text);
  let reach = frontMatterEnd;
  let restarted = false;
  while (start < text.length) {
    const end = nextBoundary(text, start, Math.max(reach, start + chunkLength));
    const chunk = parseChunk(text, start, end, start === 0 && frontMatterEnd > 0);
    const last = chunk.at(-1);
    if (end === text.length || last === undefined || !isOpenAtEnd(last, text, end)) {
      append(children, chunk);
      start = end;
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
  for (const node of more) all.push(node);
}

/**
 * Parses one chunk. Front matter is looked for only where there is one, because micromark, having looked in
 * vain for its end, recognises no lists and quotes in what follows a leading `---`.
 */
function parseChunk(text: string, start: number, end: number, hasFrontMatter: boolean): RootContent[] {
  const extensions = [gfm(), { disable: { null: inlineConstructs } }];
  const mdastExtensions: (MdastExtension | MdastExtension[])[] = [gfmFromMarkdown(), fenceOffsets];
  if (hasFrontMatter) {
    extensions.push(frontmatter(['yaml', 'toml']));
    mdastExtensions.push(frontmatterFromMarkdown(['yaml', 'toml']));
  }
  const { children } = fromMarkdown(text.slice(start, end), { extensions, mdastExtensions });
  for (const child of children) settle(child, start, text);
  return children;
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

/**
 * Makes the offsets of a chunk those of the text. Ends are drawn back to the end of the last line with content:
 * micromark ends an open fence, and what contains it, sometimes before and sometimes behind its last newline.
 */
function settle(node: Nodes, by: number, text: string): void {
  const { position } = node;
  if (position !== undefined) {
    position.start.offset = (position.start.offset ?? 0) + by;
    position.end.offset = endOfContent(text, position.start.offset, (position.end.offset ?? 0) + by);
  }
  const isOpen = node.type === 'html' || (node.type === 'code' && node.data?.fences?.closing === undefined);
  if (isOpen) node.value = node.value.slice(0, endOfContent(node.value, 0, node.value.length));
  if (by > 0 && node.type === 'code' && node.data?.fences !== undefined) {
    const { opening, closing } = node.data.fences;
    const moved = { opening: [opening[0] + by, opening[1] + by] as const };
    node.data.fences =
      closing === undefined ? moved : { ...moved, closing: [closing[0] + by, closing[1] + by] };
  }
  if ('children' in node) for (const child of node.children) settle(child, by, text);
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

/** What can make a reader see something else than what is written. */
const markup = /[\\`*_[\]<>&!~:@]|www\.|\s{2}/;

/** The plain text that a reader sees of a heading, a list item's line or a link's text, written in Markdown. */
export function plainText(written: string): string {
  const line = written.replace(/\s+/g, ' ').trim();
  if (!markup.test(line)) return line;
  return textOf(parseInline(line), { includeHtml: false }).replace(/\s+/g, ' ').trim();
}

/** The only link of a text that is nothing but a link; `undefined` for any other text. */
export function soleLink(written: string): { readonly url: string; readonly text: string } | undefined {
  const line = written.replace(/\s+/g, ' ').trim();
  if (!line.startsWith('[') || !line.endsWith(')')) return undefined;
  const heading = parseInline(line);
  const [only, ...others] = heading !== undefined && 'children' in heading ? heading.children : [];
  if (only?.type !== 'link' || others.length > 0) return undefined;
  return { url: only.url, text: textOf(only, { includeHtml: false }) };
}

/** Parses one line as the content of a heading, because there it can be no list, quote or table. */
function parseInline(line: string): RootContent | undefined {
  const root = fromMarkdown(`# ${line}`, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return root.children[0];
}
