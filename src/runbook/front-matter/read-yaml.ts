// Owns reading YAML as data with a place for everything in it.
import type { Document, Node } from 'yaml';
import { isAlias, isMap, isPair, isScalar, isSeq, parseDocument, visit } from 'yaml';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Span } from '../../text/span.ts';
import { span } from '../../text/span.ts';
import { helpForYaml } from './complaints/help-for-yaml.ts';

/** The place of an entry's value, or of its key; of the innermost thing that exists where it does not. */
export type FindPlace = (path: readonly (string | number)[], isKey: boolean) => Span;

/** Whether `null` or `~` is written there. */
export type IsWrittenNull = (path: readonly (string | number)[]) => boolean;

/**
 * Whether a key stands in braces with neither colon nor value, behind a text without quotes: a comma has ended that text,
 * and what was to follow it became the key.
 */
export type IsCutOff = (path: readonly (string | number)[]) => boolean;

/** A value behind a word with `!`, which is no text to YAML but a tag, and is lost where nothing knows the tag. */
export interface TaggedValue {
  /** The top-level key that it stands under. */
  readonly under: string;
  readonly tag: string;
  /** The tag. */
  readonly span: Span;
}

export type YamlReading =
  | {
      readonly ok: true;
      readonly data: unknown;
      readonly find: FindPlace;
      readonly isWrittenNull: IsWrittenNull;
      readonly isCutOff: IsCutOff;
      readonly tagged: readonly TaggedValue[];
    }
  | { readonly ok: false; readonly diagnostic: Diagnostic };

/**
 * Reads one YAML document. Every scalar is the text as it is written, keys too, so that `1.20` stays what it is; null
 * is null. `toByteOffset` takes UTF-16 offsets of `yaml` to bytes of the file; `what` names the
 * text in messages, and `code` is that of the diagnostic where it is no YAML.
 */
export function readYaml(
  yaml: string,
  toByteOffset: (offset: number) => number,
  { what, code }: { readonly what: string; readonly code: string },
): YamlReading {
  const document = parseDocument(yaml, { prettyErrors: false, logLevel: 'silent', uniqueKeys: true });
  const place = (start: number, end: number) => span(toByteOffset(start), toByteOffset(Math.max(start, end)));
  const [broken] = document.errors;
  if (broken !== undefined) {
    const message = lowerFirst(broken.message.split('\n')[0] ?? '').replace(/\.$/, '');
    const help = helpForYaml(broken);
    const told = { code, severity: 'error' as const, message, span: place(...broken.pos) };
    return { ok: false, diagnostic: { ...told, ...(help !== undefined && { help }) } };
  }
  const lost = danglingAlias(document);
  if (lost !== undefined) {
    const message = `\`*${lost.source}\` is an alias of YAML here, of something that has no such name`;
    const help = 'put a text that begins with `*` in quotes';
    return { ok: false, diagnostic: { code, severity: 'error', message, span: place(...lost.range), help } };
  }
  const find: FindPlace = (path, isKey) => {
    const range = rangeOf(document, path, isKey);
    return place(range[0], range[1]);
  };
  try {
    const { value, isWrittenNull } = textsOf(document);
    const isCutOff: IsCutOff = (path) => isCutOffIn(document, path);
    const tagged = taggedIn(document, yaml, place);
    return { ok: true, data: value ?? {}, find, isWrittenNull, isCutOff, tagged };
  } catch {
    const message = `the aliases of the ${what} expand without bound`;
    return { ok: false, diagnostic: { code, severity: 'error', message, span: place(0, yaml.length) } };
  }
}

/** The first `*name` that no `&name` stands before: mostly a pattern of files, or bold text, that wants quotes. */
function danglingAlias(
  document: Document,
): { readonly source: string; readonly range: readonly [number, number] } | undefined {
  const anchors = new Set<string>();
  let found: { source: string; range: readonly [number, number] } | undefined;
  visit(document, {
    Node: (_, node) => {
      if (isAlias(node)) {
        if (anchors.has(node.source)) return undefined;
        found = { source: node.source, range: rangeOfNode(node) ?? [0, 0] };
        return visit.BREAK;
      }
      if ('anchor' in node && node.anchor !== undefined) anchors.add(node.anchor);
      return undefined;
    },
  });
  return found;
}

/** Data of which every scalar is the text as it is written, keys too, but for null. */
export interface Texts {
  readonly value: unknown;
  readonly isWrittenNull: IsWrittenNull;
}

/** Texts, and the tags with which some of them are lost. */
export interface TaggedTexts extends Texts {
  readonly tags: readonly string[];
}

/** Reads YAML, JSON among it, as texts; throws with a message for people where it is none. */
export function readTexts(yaml: string): TaggedTexts {
  const document = parseDocument(yaml, { logLevel: 'silent' });
  if (document.errors[0] !== undefined) throw document.errors[0];
  return { ...textsOf(document), tags: taggedIn(document, yaml, span).map(({ tag }) => tag) };
}

/** Throws where aliases expand without bound. */
function textsOf(document: Document): Texts {
  visit(document, {
    Scalar: (_, node) => {
      if (node.value !== null && typeof node.value !== 'string')
        node.value = node.source ?? String(node.value);
    },
  });
  return {
    value: document.toJS({ maxAliasCount: 100 }),
    isWrittenNull: (path) => {
      const node = nodeAt(document, path);
      return isScalar(node) && node.value === null && node.source !== '';
    },
  };
}

/** A scalar of a YAML text, keys left out. */
export interface YamlScalar {
  /** UTF-16 offsets of what is written, quotes included. */
  readonly start: number;
  readonly end: number;
  readonly value: string;
  /** Several lines behind `|` or `>`. */
  readonly isBlock: boolean;
}

/** The scalars of a YAML text in their order; none where it is no YAML. */
export function yamlScalars(yaml: string): readonly YamlScalar[] {
  const document = parseDocument(yaml, { prettyErrors: false, logLevel: 'silent' });
  if (document.errors.length > 0) return [];
  const scalars: YamlScalar[] = [];
  visit(document, {
    Scalar: (key, { range, source, value, type }) => {
      if (key === 'key' || range === null || range === undefined) return;
      const isBlock = type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED';
      const written = typeof value === 'string' ? value : (source ?? '');
      scalars.push({ start: range[0], end: range[1], value: written, isBlock });
    },
  });
  return scalars;
}

/** Where the entry of a top-level key stands in a YAML text, in UTF-16 offsets; undefined where there is none. */
export function yamlEntry(yaml: string, key: string): readonly [start: number, end: number] | undefined {
  const { contents, errors } = parseDocument(yaml, { prettyErrors: false, logLevel: 'silent' });
  if (errors.length > 0 || !isMap(contents)) return undefined;
  const pair = contents.items.find((item) => isScalar(item.key) && item.key.value === key);
  const from = rangeOfNode(pair?.key);
  return from && [from[0], (rangeOfNode(pair?.value) ?? from)[1]];
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function rangeOf(
  document: Document,
  path: readonly (string | number)[],
  isKey: boolean,
): readonly [number, number] {
  let node: unknown = document.contents;
  let range = rangeOfNode(node) ?? [0, 0];
  for (const [index, segment] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(segment));
      if (pair === undefined) return range;
      const keyOnly = isKey && index === path.length - 1;
      node = keyOnly ? pair.key : (pair.value ?? pair.key);
      range = rangeOfNode(node) ?? rangeOfNode(pair.key) ?? range;
      if (range[0] === range[1]) range = rangeOfNode(pair.key) ?? range;
    } else if (isSeq(node)) {
      node = node.items[Number(segment)];
      range = rangeOfNode(node) ?? range;
    }
  }
  return range;
}

function nodeAt(document: Document, path: readonly (string | number)[]): unknown {
  let node: unknown = document.contents;
  for (const segment of path) {
    if (isMap(node))
      node = node.items.find(({ key }) => isScalar(key) && key.value === String(segment))?.value;
    else node = isSeq(node) ? node.items[Number(segment)] : undefined;
  }
  return node;
}

/** Tags of YAML's own, such as `!!str`, which lose nothing. */
const ownTags =
  /^tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq|timestamp|binary|set|omap|pairs|merge)$/;

function taggedIn(
  document: Document,
  yaml: string,
  place: (start: number, end: number) => Span,
): readonly TaggedValue[] {
  const found: TaggedValue[] = [];
  visit(document, {
    Node: (_, node, parents) => {
      const range = rangeOfNode(node);
      const tag = 'tag' in node ? node.tag : undefined;
      if (range === undefined || tag === undefined || ownTags.test(tag)) return;
      const [, top] = [...parents, node].filter((one) => isPair(one) || isMap(one));
      const under = isPair(top) && isScalar(top.key) ? String(top.key.value) : '';
      const written = /![^\s,[\]{}]*(?=\s*$)/.exec(yaml.slice(0, range[0]));
      const start = written?.index ?? range[0];
      found.push({ under, tag: written?.[0] ?? tag, span: place(start, start + (written?.[0].length ?? 1)) });
    },
  });
  return found;
}

function isCutOffIn(document: Document, path: readonly (string | number)[]): boolean {
  const node = nodeAt(document, path.slice(0, -1));
  if (!isMap(node) || node.flow !== true) return false;
  const at = node.items.findIndex(({ key }) => isScalar(key) && key.value === String(path.at(-1)));
  // `a:` has a scalar of nothing for its value, a bare `a` has none.
  if (at === -1 || node.items[at]?.value !== null) return false;
  const before = node.items.slice(0, at).findLast(({ value }) => value !== null)?.value;
  return isScalar(before) && before.type === 'PLAIN' && before.source !== '';
}

function rangeOfNode(node: unknown): readonly [number, number] | undefined {
  const range = (node as Node | null | undefined)?.range;
  return range === null || range === undefined ? undefined : [range[0], range[1]];
}
