// Owns what is said of a guard that stands beside a block: in a comment before it, or in braces on a line of their own.
import type { Html, Nodes } from 'mdast';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { span } from '../../text/span.ts';
import { guardsSomewhere } from '../attributes/guards-somewhere.ts';
import { readGroup } from '../attributes/parse-fence-info.ts';
import { endOf, startOf } from '../markdown/parse-structure.ts';

type ToByteOffset = (offset: number) => number;

const longestComment = 500;

/** What is said of a node right before a block, or right behind one. */
export function guardBesideBlock(
  node: Nodes,
  text: string,
  isBefore: boolean,
  toByteOffset: ToByteOffset,
): Diagnostic | undefined {
  if (node.type === 'html') return isBefore ? guardInComment(node, toByteOffset) : undefined;
  return node.type === 'paragraph'
    ? guardInBraces(startOf(node), endOf(node), text, toByteOffset)
    : undefined;
}

/** `{confirm="Really?"}`, and as kramdown has it `{: confirm="Really?"}`. */
function guardInBraces(
  start: number,
  end: number,
  text: string,
  toByteOffset: ToByteOffset,
): Diagnostic | undefined {
  const written = text.slice(start, end);
  if (!/^\{(?![{%<]).*\}$/.test(written)) return undefined;
  const { attributes, problems } = readGroup(text, start, end);
  const found = attributes.find(({ name, value }) => guardsSomewhere(name, value));
  if (found === undefined || problems.length > 0) return undefined;
  return {
    code: 'attribute-syntax',
    severity: 'error',
    message: `\`${written}\` stands beside a block, and guards nothing`,
    span: span(toByteOffset(start), toByteOffset(end)),
    help: 'attributes of a block follow its language, in braces',
  };
}

/**
 * A guard in a comment right before a block: `<!-- skip -->`, `<!-- timeout=30s -->`. Sentences are none, and neither
 * is what says itself that it is for another tool's eyes, such as `markdownlint-disable`.
 */
function guardInComment(node: Html, toByteOffset: ToByteOffset): Diagnostic | undefined {
  if (node.value.length > longestComment) return undefined;
  const [, lead = '', words] = /^(<!--[-\s]*)([\s\S]*?)[-\s]*-->\s*$/.exec(node.value) ?? [];
  if (words === undefined) return undefined;
  const found = wordOf(words);
  if (found === undefined) return undefined;
  const at = startOf(node) + lead.length + found.index;
  return {
    code: 'guard-in-comment',
    severity: 'warning',
    message: `\`${found.word}\` is in a comment and has no effect`,
    span: span(toByteOffset(at), toByteOffset(at + found.word.length)),
    help: 'attributes of a block follow its language, in braces',
  };
}

/** What opens a remark of an author to authors, in capitals. */
const remarks: ReadonlySet<string> = new Set(['TODO', 'FIXME', 'XXX', 'NOTE', 'HACK']);

interface FoundWord {
  readonly word: string;
  readonly index: number;
}

function wordOf(words: string): FoundWord | undefined {
  const similar = /^(expect\w*[\s_-]*(?:similarit\w*|results?|output))\s*=/i.exec(words);
  if (similar?.[1] !== undefined) return { word: similar[1], index: 0 };
  const alone = /^([@{:.\s]*)([A-Za-z][\w-]*)[\s}]*$/.exec(words);
  if (alone?.[2] !== undefined && guardsSomewhere(alone[2], undefined))
    return { word: alone[2], index: alone[1]?.length ?? 0 };
  for (const { 1: name, index } of words.matchAll(/(?<![\w.-])([A-Za-z][\w-]*)=(?=\S)/g)) {
    if (name !== undefined && guardsSomewhere(name, '')) return { word: name, index };
  }
  const pair = /^[@{\s]*(?:runsheet[:\s]+)?([A-Za-z][\w-]*)\s*:\s*\S+[\s}]*$/.exec(words);
  const name = pair?.[1];
  return name !== undefined && !remarks.has(name) && guardsSomewhere(name, '')
    ? { word: name, index: words.indexOf(name) }
    : undefined;
}
