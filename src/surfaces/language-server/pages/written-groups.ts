// Owns finding the attributes of a page as they are written, while it is being typed.
import {
  parseFenceInfo,
  readGroup,
  type WrittenAttribute,
} from '../../../runbook/attributes/parse-fence-info.ts';
import type { PageLine } from './page-lines.ts';

/** One group of attributes. Offsets are UTF-16 offsets of the text. */
export interface WrittenGroup {
  readonly owner: 'block' | 'heading' | 'link';
  /** Zero-based. */
  readonly line: number;
  /** Its opening brace, and what is behind its closing one. */
  readonly start: number;
  readonly end: number;
  readonly attributes: readonly WrittenAttribute[];
  /** Of a link, what it leads to. */
  readonly target?: string;
}

/** All groups, in their order. */
export function writtenGroups(text: string, lines: readonly PageLine[]): readonly WrittenGroup[] {
  return lines.flatMap((line, number): readonly WrittenGroup[] => {
    if (line.kind === 'fence') return groupOfFence(text, line, number);
    if (line.kind === 'heading') return groupOfHeading(text, line, number);
    return line.kind === 'text' ? groupsOfLinks(text, line, number) : [];
  });
}

function groupOfFence(text: string, line: PageLine, number: number): readonly WrittenGroup[] {
  const { end, attributes } = infoOf(text, line);
  const open = text.indexOf('{', line.start);
  if (open === -1 || open >= end) return [];
  return [{ owner: 'block', line: number, start: open, end, attributes }];
}

/** The info string of a line that opens a block of code, with its place. */
export function infoOf(text: string, line: PageLine) {
  const run = /^[\s>\-*+\d.)]*(?:`{3,}|~{3,})[ \t]*/.exec(line.text)?.[0].length ?? 0;
  const start = line.start + run;
  const end = line.start + line.text.trimEnd().length;
  return { start, end: Math.max(start, end), ...parseFenceInfo(text, start, Math.max(start, end)) };
}

function groupOfHeading(text: string, line: PageLine, number: number): readonly WrittenGroup[] {
  const written = line.text.replace(/[ \t]+#*[ \t]*$/, '');
  const open = written.lastIndexOf(' {');
  const inText = open === -1 ? written.lastIndexOf('{') : open + 1;
  if (inText === -1) return [];
  const start = line.start + inText;
  const group = readGroup(text, start, line.start + written.length);
  const target = linkIn(written.slice(0, inText));
  return [
    {
      owner: 'heading',
      line: number,
      start,
      end: group.end,
      attributes: group.attributes,
      ...(target !== undefined && { target }),
    },
  ];
}

const linkPattern = /\]\(<?([^)\s>]*)>?(?:\s[^)]*)?\)/g;

function linkIn(words: string): string | undefined {
  return [...words.matchAll(linkPattern)].at(-1)?.[1];
}

function groupsOfLinks(text: string, line: PageLine, number: number): readonly WrittenGroup[] {
  return [...line.text.matchAll(linkPattern)].flatMap((found): readonly WrittenGroup[] => {
    const start = line.start + found.index + found[0].length;
    if (text[start] !== '{') return [];
    const { end, attributes } = readGroup(text, start, line.end);
    return [{ owner: 'link', line: number, start, end, attributes, target: found[1] ?? '' }];
  });
}

/** The attribute at an offset, and whether its name or its value is meant. */
export function attributeAt(
  groups: readonly WrittenGroup[],
  offset: number,
):
  | { readonly group: WrittenGroup; readonly attribute: WrittenAttribute; readonly inValue: boolean }
  | undefined {
  for (const group of groups) {
    if (offset < group.start || offset > group.end) continue;
    for (const attribute of group.attributes)
      if (attribute.nameStart <= offset && offset <= attribute.valueEnd)
        return { group, attribute, inValue: offset > attribute.nameEnd };
  }
  return undefined;
}

/** Where the value of an attribute stands without its quotes. */
export function valuePlace({
  quoted,
  valueStart,
  valueEnd,
}: WrittenAttribute): readonly [start: number, end: number] {
  return quoted === 'double' || quoted === 'single' ? [valueStart + 1, valueEnd - 1] : [valueStart, valueEnd];
}

/** The items of a value that commas divide, with their places. */
export function itemsOf(
  text: string,
  attribute: WrittenAttribute,
): readonly { name: string; start: number; end: number }[] {
  const [from, to] = valuePlace(attribute);
  return [...text.slice(from, to).matchAll(/[^,\s]+/g)].map((found) => ({
    name: found[0],
    start: from + found.index,
    end: from + found.index + found[0].length,
  }));
}
