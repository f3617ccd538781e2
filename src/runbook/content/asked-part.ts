// Owns what becomes of words that ask a person for something: a part of their step, at their place.
import { span } from '../../text/span.ts';
import { endOfLine, startOfLine } from '../markdown/end-of-line.ts';
import type { Asking } from '../prose/asks-to-run.ts';
import { containerPrefix } from './container-prefix.ts';
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
