// Owns what is said of a guard in a comment before a block.
import type { Html } from 'mdast';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { span } from '../../text/span.ts';
import { guardsSomewhere } from '../attributes/guards-somewhere.ts';
import { startOf } from '../markdown/parse-structure.ts';

type ToByteOffset = (offset: number) => number;

const longestComment = 500;

/**
 * A guard in a comment right before a block: `<!-- skip -->`, `<!-- timeout=30s -->`. Sentences are none, and neither
 * is what says itself that it is for another tool's eyes, such as `markdownlint-disable`.
 */
export function guardInComment(node: Html, toByteOffset: ToByteOffset): Diagnostic | undefined {
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
