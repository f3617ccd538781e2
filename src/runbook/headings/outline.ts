// Owns the tree of a document's headings, with titles, names and attributes.
import GithubSlugger from 'github-slugger';
import type { Heading as HeadingNode, Nodes, Root, RootContent } from 'mdast';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { span } from '../../text/span.ts';
import { guardsSomewhere } from '../attributes/guards-somewhere.ts';
import { outsideBracesOfHeading } from '../attributes/outside-braces.ts';
import type { BraceGroup } from '../attributes/parse-fence-info.ts';
import { joinGroups, readGroup } from '../attributes/parse-fence-info.ts';
import { readAttributes } from '../attributes/read-attributes.ts';
import { isOfGuards } from '../attributes/tell-unknown.ts';
import { endOf, isFrontMatter, plainText, startOf } from '../markdown/parse-structure.ts';
import type { Attributes } from '../runbook.ts';
import { headingOfHtml } from './heading-of-html.ts';

/** A heading with what stands below it; offsets are UTF-16. */
export interface Heading {
  /** Plain text, without a group of attributes. */
  readonly title: string;
  /** 1 to 6; 0 for the document itself. */
  readonly depth: number;
  /** The anchor that a code host gives it, unique in the document. */
  readonly slug: string;
  /** Its raw text, attributes taken off. */
  readonly written: string;
  /** Where that begins. */
  readonly writtenStart: number;
  /** Where its attributes stand, braces included. */
  readonly group?: readonly [start: number, end: number];
  readonly attributes: Attributes;
  /** The heading line. */
  readonly start: number;
  readonly headingEnd: number;
  /** Where the next heading of the same or a higher level begins, or the end of the text. */
  end: number;
  /** What stands directly below it, before any further heading. */
  readonly content: RootContent[];
  readonly children: Heading[];
}

export interface Outline {
  readonly document: Heading;
  /** Every heading that structures the document, in order. */
  readonly headings: readonly Heading[];
  /** Every slug that an anchor of the document has, also of headings in lists and quotes. */
  readonly slugs: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Builds the tree of headings. Headings inside lists and quotes structure nothing, but take their slugs. */
export function buildOutline(root: Root, text: string, toByteOffset: (offset: number) => number): Outline {
  const slugger = new GithubSlugger();
  const slugs = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  const headings: Heading[] = [];
  const document = makeDocument(text);
  const open: Heading[] = [document];
  let innermost = document;
  for (const child of root.children) {
    if (isFrontMatter(child)) continue;
    const node = child.type === 'html' ? (headingOfHtml(child, text) ?? child) : child;
    if (node.type !== 'heading') {
      for (const nested of headingsInside(node)) slugs.add(slugger.slug(titleOf(nested, text).title));
      innermost.content.push(node);
      continue;
    }
    const { written, writtenStart, title, group } = titleOf(node, text);
    const read = readAttributes(group ?? noGroup, 'a step', toByteOffset);
    diagnostics.push(...read.diagnostics, ...misplacedGroups(text, writtenStart, written, toByteOffset));
    const slug = slugger.slug(title);
    slugs.add(slug);
    const start = startOf(node);
    while (innermost.depth >= node.depth) {
      innermost.end = start;
      open.pop();
      innermost = open.at(-1) ?? document;
    }
    const { errexit } = innermost.attributes;
    const heading: Heading = {
      title,
      depth: node.depth,
      slug,
      written,
      writtenStart,
      ...(group !== undefined && { group: [group.start, group.end] as const }),
      // How failing commands are taken holds for all below a heading, sections in a step included.
      attributes: errexit === undefined ? read.attributes : { errexit, ...read.attributes },
      start,
      headingEnd: endOf(node),
      end: text.length,
      content: [],
      children: [],
    };
    innermost.children.push(heading);
    open.push(heading);
    innermost = heading;
    headings.push(heading);
  }
  return { document, headings, slugs, diagnostics };
}

function makeDocument(text: string): Heading {
  return {
    title: '',
    depth: 0,
    slug: '',
    written: '',
    writtenStart: 0,
    attributes: {},
    start: 0,
    headingEnd: 0,
    end: text.length,
    content: [],
    children: [],
  };
}

function* headingsInside(node: Nodes): Iterable<HeadingNode> {
  if (node.type === 'heading') yield node;
  else if ('children' in node) for (const child of node.children) yield* headingsInside(child);
}

interface Title {
  readonly written: string;
  readonly writtenStart: number;
  readonly title: string;
  readonly group?: TrailingGroup & { readonly end: number };
}

type TrailingGroup = Omit<BraceGroup, 'end'> & { readonly start: number };

const noGroup: Omit<BraceGroup, 'end'> = { attributes: [], strays: [], problems: [] };

function titleOf(node: HeadingNode, text: string): Title {
  const [first] = node.children;
  const last = node.children.at(-1);
  if (first === undefined || last === undefined) return { written: '', writtenStart: 0, title: '' };
  const start = startOf(first);
  const end = endOf(last);
  const group = trailingGroup(text, start, end);
  const written = text.slice(start, group === undefined ? end : group.start).trim();
  const title = shortcodeTitle(written) ?? plainText(written);
  const own = { written, writtenStart: start, title };
  return group === undefined ? own : { ...own, group: { ...group, end } };
}

/** Hugo's `{{% heading "prerequisites" %}}` stands for a heading that the site words: the word is its title. */
function shortcodeTitle(written: string): string | undefined {
  const word = /^\{\{[%<]\s*heading\s+"([^"]+)"\s*[%>]\}\}$/.exec(written)?.[1];
  return word === undefined ? undefined : word.charAt(0).toUpperCase() + word.slice(1);
}

/** Opening braces that are tried from the end; values of attributes may hold some. */
const mostGroups = 20;

/**
 * The brace group at the end of a heading, when it holds attributes of ours or the anchor and classes that many
 * tools know. Other braces are part of the title.
 */
function trailingGroup(text: string, start: number, end: number): TrailingGroup | undefined {
  const last = groupEndingAt(text, start, end);
  if (last === undefined) return undefined;
  // Several of them are one.
  const before = text.slice(start, last.start).trimEnd();
  const first = trailingGroup(text, start, start + before.length);
  if (first === undefined) return last;
  return { ...joinGroups({ ...first, end }, { ...last, end }), start: first.start };
}

function groupEndingAt(text: string, start: number, end: number): TrailingGroup | undefined {
  if (text.charAt(end - 1) !== '}') return undefined;
  const line = text.slice(start, end);
  const braces = [...line.matchAll(/(^|[^$/#%@=&.-])\{/g)].slice(-mostGroups);
  for (const { 0: found, 1: before = '', index } of braces.reverse()) {
    const open = start + index + found.length - 1;
    const group = readGroup(text, open, end);
    if (group.end !== end || group.problems.length > 0) continue;
    const { end: _end, ...rest } = group;
    // In `Restart api{service}` the word is one of the title's.
    const isOurs = /\s|^$|\}/.test(before) ? isOfGuards(group) : holdsGuard(group);
    if (isOurs) return { ...rest, start: open };
    if (/\s|^$/.test(before) && /^\{\s*(?:[#.][\w:.-]+\s*)+\}$/.test(text.slice(open, end)))
      return { ...noGroup, start: open };
  }
  return undefined;
}

function holdsGuard({ attributes }: Pick<BraceGroup, 'attributes'>): boolean {
  return attributes.some(({ name, value }) => guardsSomewhere(name, value));
}

/** Groups with guards that do not stand at the end, and so are words of the title. */
function misplacedGroups(
  text: string,
  from: number,
  written: string,
  toByteOffset: (offset: number) => number,
): readonly Diagnostic[] {
  if (!/[{=]/.test(written)) return [];
  const end = from + written.length;
  // What is code there shows how attributes are written; doubled braces and `{%` are a template's.
  const withoutCode = written.replace(/(`+)[^`]*\1/g, (code) => ' '.repeat(code.length));
  const outside = outsideBracesOfHeading(withoutCode, from, toByteOffset);
  if (outside.length > 0) return outside;
  return [...withoutCode.matchAll(/(?<![${])\{(?![{%<])/g)].flatMap(({ index }): Diagnostic[] => {
    const group = readGroup(text, from + index, end);
    const isGuard =
      group.problems.length === 0 &&
      holdsGuard({ attributes: group.attributes.filter(({ value }) => value !== undefined) });
    if (!isGuard) return [];
    const place = span(toByteOffset(from + index), toByteOffset(group.end));
    return [
      {
        code: 'attribute-syntax',
        severity: 'error',
        message: `\`${text.slice(from + index, group.end)}\` is part of the title, and guards nothing`,
        span: place,
        help: 'attributes of a step stand at the end of its heading, behind all else',
      },
    ];
  });
}
