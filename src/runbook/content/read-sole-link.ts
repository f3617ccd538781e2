// Owns links to other runbooks: what is nothing but such a link, where it leads, and what is written behind it.
import type { List, ListItem, Nodes } from 'mdast';
import { span } from '../../text/span.ts';
import { type BraceGroup, readGroup } from '../attributes/parse-fence-info.ts';
import { readAttributes } from '../attributes/read-attributes.ts';
import { endOfLine } from '../markdown/end-of-line.ts';
import { endOf, soleLink, startOf } from '../markdown/parse-structure.ts';
import type { RunbookLink } from '../runbook.ts';
import { containerPrefix } from './container-prefix.ts';
import type { PartDraft } from './part-draft.ts';

/** What of a document reading a link needs. */
interface LinkedText {
  readonly text: string;
  readonly toByteOffset: (offset: number) => number;
}

/** Where a link stands; offsets are UTF-16. */
export interface LinkPlace {
  /** The whole line of it, a step's number before it included. */
  readonly range: readonly [start: number, end: number];
  /** Where the link itself begins. */
  readonly from: number;
  /** Behind the link of a heading, where the heading's attributes begin; else it is the end of the range. */
  readonly to?: number;
  /** What stands before this on its line is the container's. */
  readonly prefixAt: number;
  /** From the heading that it stands in or below. */
  readonly inputs: Readonly<Record<string, string>>;
  /** The brace group of the heading that is the link. */
  readonly group?: readonly [start: number, end: number];
}

/** A link to another runbook that is all there is; `undefined` for every other content. */
export function readSoleLink({ text, toByteOffset }: LinkedText, place: LinkPlace): PartDraft | undefined {
  const { range, from, to = range[1] } = place;
  const own = groupBehind(text, from, to);
  const link = soleLink(text.slice(from, own?.start ?? to));
  const target = link === undefined ? undefined : targetOf(link.url);
  if (link === undefined || target === undefined) return undefined;
  const group = own ? ([own.start, own.end] as const) : place.group;
  const read = own && readAttributes(own.group, 'a link', toByteOffset);
  const foreign = own?.group.attributes.find(({ name }) => name !== 'digest' && !name.startsWith('with.'));
  const wrong = read?.diagnostics.find(({ severity }) => severity === 'error');
  const problem = wrong?.message ?? (foreign && `\`${foreign.name}\` has no meaning after a link`);
  const toSpan = (start: number, end: number) => span(toByteOffset(start), toByteOffset(end));
  return {
    type: 'runbook-link',
    link: {
      ...target,
      text: link.text,
      span: toSpan(...range),
      inputs: { ...place.inputs, ...read?.attributes.with },
      ...(read?.attributes.digest !== undefined && { digest: read.attributes.digest }),
      ...(problem !== undefined && { problem }),
      pinPlace: pinPlace(text, group, own?.start ?? to, place.to !== undefined, toSpan),
      containerPrefix: containerPrefix(text, place.prefixAt),
      resultOffset: toByteOffset(endOfLine(text, range[1])),
    },
  };
}

/** A brace group right behind a link. */
function groupBehind(
  text: string,
  from: number,
  to: number,
): { readonly start: number; readonly end: number; readonly group: BraceGroup } | undefined {
  if (text.charAt(to - 1) !== '}') return undefined;
  const before = text.slice(from, to).lastIndexOf('){');
  if (before === -1) return undefined;
  const start = from + before + 1;
  const group = readGroup(text, start, to);
  return group.end === to ? { start, end: to, group } : undefined;
}

/** Where `digest=` stands, with the blank before it, or where it would be written. */
function pinPlace(
  text: string,
  group: readonly [number, number] | undefined,
  behind: number,
  isHeading: boolean,
  toSpan: (start: number, end: number) => RunbookLink['pinPlace']['span'],
): RunbookLink['pinPlace'] {
  if (group === undefined)
    return { span: toSpan(behind, behind), how: isHeading ? 'heading-group' : 'new-group' };
  const [start, end] = group;
  const written = readGroup(text, start, end).attributes;
  const pin = written.find(({ name }) => name === 'digest');
  if (pin === undefined) return { span: toSpan(end - 1, end - 1), how: 'in-group' };
  const isAlone = written.length === 1 && /^\{\s*digest=\S+\s*\}$/.test(text.slice(start, end));
  if (isAlone) {
    const before = /[ \t]*$/.exec(text.slice(0, start))?.[0].length ?? 0;
    return { span: toSpan(start - before, end), how: 'whole-group' };
  }
  const blank = /\s*$/.exec(text.slice(start + 1, pin.nameStart))?.[0].length ?? 0;
  return { span: toSpan(pin.nameStart - blank, Math.max(pin.nameEnd, pin.valueEnd)), how: 'there' };
}

/** Words that lead to something to read, not to something to do. */
const readsOn = /\b(?:see|refer|related|references?|read|reading|further|more|learn)\b|参考|参照|参见|関連/i;

/** Headings of many procedures, of which somebody picks one: a list of links below them is an index. */
const ofSeveral =
  /\b(?:procedures|runbooks|playbooks|actions|solutions|workarounds|mitigations|guides|topics|contents|index)\b|目录|目次/i;

/** Whether a heading stands over an index of procedures and not over the parts of one. */
export function isIndexTitle(title: string): boolean {
  return ofSeveral.test(title);
}

/** Whether lists of links to runbooks are all that there is to do: beside them stand only words that lead to them. */
export function isAllLinks(context: LinkedText, nodes: readonly Nodes[]): boolean {
  const lists = nodes.filter((node) => node.type !== 'paragraph');
  const words = nodes.filter((node) => node.type === 'paragraph');
  return (
    lists.length > 0 &&
    words.every((node) => !readsOn.test(context.text.slice(startOf(node), endOf(node)))) &&
    lists.every((node) => node.type === 'list' && linksOfList(context, node) !== undefined)
  );
}

/** The links of a list in which every item is nothing but one, ticked or not; `undefined` for every other list. */
export function linksOfList(
  context: LinkedText,
  list: List,
  inputs: RunbookLink['inputs'] = {},
): readonly { readonly start: number; readonly end: number; readonly part: PartDraft }[] | undefined {
  const links: { start: number; end: number; part: PartDraft }[] = [];
  for (const item of list.children) {
    const part = linkOfItem(context, item, { inputs });
    if (part === undefined) return undefined;
    links.push({ start: startOf(item), end: endOf(item), part });
  }
  return links;
}

/** The link that is all of a list item. */
export function linkOfItem(
  context: LinkedText,
  item: ListItem,
  { from, inputs = {} }: { readonly from?: number; readonly inputs?: RunbookLink['inputs'] } = {},
): PartDraft | undefined {
  const [first, ...others] = item.children;
  if (first?.type !== 'paragraph' || others.length > 0) return undefined;
  const [start, end] = [startOf(first), endOf(first)];
  // The result of a task is no part of what its box stands for.
  const box = typeof item.checked === 'boolean' ? context.text.lastIndexOf('[', start - 1) : start;
  return readSoleLink(context, { range: [start, end], from: from ?? start, prefixAt: box, inputs });
}

/** The path of a link to a Markdown file beside this one or in another repository, and the section that it names. */
function targetOf(url: string): Pick<RunbookLink, 'target' | 'anchor'> | undefined {
  const [path = '', ...fragment] = url.split('#');
  const isModule = /^git\+[a-z+.-]*:/i.test(path);
  if ((!isModule && /^[a-z][a-z0-9+.-]*:|^\/\//i.test(path)) || !/\.(?:md|markdown)$/i.test(path))
    return undefined;
  const anchor = decoded(fragment.join('#'));
  return { target: isModule ? path : decoded(path), ...(anchor !== '' && { anchor }) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
