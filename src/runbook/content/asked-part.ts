// Owns what becomes of words that ask a person for something: a part of their step, at their place.
import { span } from '../../text/span.ts';
import { endOfLine, startOfLine } from '../markdown/end-of-line.ts';
import type { CodeBehind } from '../prose/asks-by-hand.ts';
import { type Asking, isDoneBy } from '../prose/asks-to-run.ts';
import type { Attributes } from '../runbook.ts';
import { containerPrefix, isBlankOrMarkers } from './container-prefix.ts';
import type { DocumentContext } from './document-context.ts';
import type { PartDraft } from './part-draft.ts';

export interface AskedPart {
  readonly start: number;
  readonly end: number;
  readonly part: PartDraft;
  /** What the block right after it may do, or any of the step, is not asked for. */
  readonly asks: Asking;
}

/** Of the words from `start` to `end`; undefined where they stand in a quote, which is a note. */
export function askedPart(
  { text, toByteOffset }: DocumentContext,
  { start, end }: { readonly start: number; readonly end: number },
  asks: Asking,
  words: string,
): AskedPart | undefined {
  const prefix = containerPrefix(text, start);
  if (prefix.includes('>')) return undefined;
  const asked = { text: words, containerPrefix: prefix, resultOffset: toByteOffset(endOfLine(text, end)) };
  const marker = /(?:[-+*]|\d{1,9}[.)])[ \t]+$/.exec(text.slice(startOfLine(text, start), start))?.[0] ?? '';
  const from = start - marker.length;
  const place = span(toByteOffset(from), toByteOffset(end));
  return { start: from, end, asks, part: { type: 'prose', span: place, asks: asked } };
}

interface Placed {
  readonly start: number;
  readonly end: number;
  readonly part?: PartDraft;
}

/**
 * Finds whether what words ask for is done without a person: by the block that stands right behind them, by others of
 * their step, or by attributes that have it repeated. `found` is what stands in the step, in its order; the words are told
 * by their index in it.
 */
export function doneInStep(
  { text }: DocumentContext,
  found: readonly Placed[],
  attributes: Attributes,
): (index: number, asks: Asking) => boolean {
  const codes = found.flatMap((one) => codeOf(one) ?? []);
  const blocks = codes.flatMap(({ code, isShown }) => (isShown ? [] : [code]));
  const repeats = [attributes, ...found.flatMap(attributesOf)].some(repeatsIt);
  const firstWork = found.findIndex(isOfStep);
  return (index, asks) => {
    const here = found[index];
    const next = found[index + 1];
    if (here === undefined) return false;
    const block = next !== undefined && next.start >= here.end ? codeOf(next) : undefined;
    const between = text.slice(here.end, next?.start ?? here.end);
    const behind = isBlankOrMarkers(between) ? block : undefined;
    const isTitle = opensItem(here, next);
    const isOpening = isTitle || firstWork === -1 || firstWork >= index;
    const isLed = leadsOn(between, isOpening, text.slice(here.start, here.end));
    const led = isLed && block ? { ...block, isShown: isTitle || block.isShown } : behind;
    return isDoneBy(asks, { ...(behind && { behind }), ...(led && { led }), blocks, repeats });
  };
}
/** Whether words open the list item that a block stands in. */
function opensItem({ part }: Placed, next: Placed | undefined): boolean {
  const prefix = part?.type === 'prose' ? (part.asks?.containerPrefix ?? '') : '';
  if (part?.type !== 'prose' || next?.part?.type !== 'block' || prefix === '') return false;
  return next.part.block.containerPrefix.startsWith(prefix);
}

function isOfStep({ part }: Placed): boolean {
  return part?.type === 'block' || part?.type === 'checklist';
}

/** A line that opens a list item. */
const opensAnyItem = /^[ \t>]*(?:[-+*]|\d{1,9}[.)])[ \t]+\S/m;
const opensCounted = /^[ \t>]*\d{1,9}[.)][ \t]+\S/m;

/**
 * Whether what stands between words and the next block explains what that does: no other heading, no other item or list
 * of work, and, but for the words that open a step or an item, none that lead to the block themselves.
 */
function leadsOn(between: string, isOpening: boolean, words: string): boolean {
  if (/^[ \t>]*#{1,6}\s/m.test(between)) return false;
  if ((opensAnyItem.test(words) ? opensAnyItem : opensCounted).test(between)) return false;
  const leadsItself = /[:：]\s*$/.test(between);
  if (!isOpening) return !leadsItself;
  return !(leadsItself && /^\s*(?:then|now|next|after (?:that|this)|afterwards)\b/im.test(between));
}

function codeOf({ part }: Placed): CodeBehind | undefined {
  if (part?.type !== 'block') return undefined;
  const { code, language = 'sh', runnable } = part.block;
  return { code, label: language, isShown: !runnable };
}

function attributesOf({ part }: Placed): readonly Attributes[] {
  return part?.type === 'block' ? [part.block.attributes] : [];
}

/** On several hosts, for several items, or until it passes. */
function repeatsIt({ hosts, hostsFrom, each, eachFrom, retries }: Attributes): boolean {
  return [hosts, hostsFrom, each, eachFrom, retries].some((one) => one !== undefined);
}
