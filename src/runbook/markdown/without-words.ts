// Owns leaving out words of which no structure depends, so that micromark has less to read.
import { partitionPoint } from '../../basics/partition-point.ts';

/** A text without some words, and where they were. */
export interface WithoutWords {
  readonly text: string;
  /** UTF-16 offsets in the shorter text at which words are missing, ascending. */
  readonly gaps: readonly number[];
  /** The offset in the whole text for one in the shorter text. */
  whole(offset: number): number;
}

/** What a line may begin with before its first word: quotes, list markers, a box to tick. */
const lineStart = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*[ \t>]*(?:\[[ xX]\][ \t]+)?/;

/**
 * Words between the first of a line and its last. What divides a table, ends HTML or escapes stays, and so do blanks
 * that are more than one. A letter before them says that the line is no rule of dashes.
 */
const innerWords = /(?<=[A-Za-z0-9][,.:;)]? )(?:[^\s|<>\\]+ ){2,}(?=[^\s|<>\\])/g;

/** Headings, whose text is kept, and what may be HTML: whether a tag is one depends on all of it. */
const notText = /^[#<]/;

const fence = /^(?:`{3,}|~{3,})/;

/**
 * Leaves out the inner words of lines that seem to be text: most of a long page, and what micromark takes longest for,
 * character by character. Whoever parses the rest must see that nothing is missing from what is kept as it is written
 * (see `isWhole`): whether a line is text is only known then.
 */
export function withoutWords(text: string): WithoutWords {
  const gaps: number[] = [];
  /** How much is missing up to and at each gap. */
  const missing: number[] = [];
  let shorter = '';
  let isFenced = false;
  let mayBeDefinition = false;
  for (const line of text.split(/(?<=\n|\r(?!\n))/)) {
    const from = lineStart.exec(line)?.[0].length ?? 0;
    const written = line.slice(from);
    if (fence.test(written)) isFenced = !isFenced;
    // A definition may go on up to the next blank line.
    mayBeDefinition = written.startsWith('[') || (mayBeDefinition && written.trim() !== '');
    if (isFenced || mayBeDefinition || notText.test(written)) {
      shorter += line;
      continue;
    }
    let kept = 0;
    for (const { 0: words, index } of written.matchAll(innerWords)) {
      shorter += line.slice(kept, from + index);
      kept = from + index + words.length;
      gaps.push(shorter.length);
      missing.push((missing.at(-1) ?? 0) + words.length);
    }
    shorter += line.slice(kept);
  }
  return {
    text: shorter,
    gaps,
    whole: (offset) => offset + (missing[gapsBefore(gaps, offset) - 1] ?? 0),
  };
}

/** Whether nothing is missing between two offsets of the shorter text. */
export function isWhole({ gaps }: WithoutWords, start: number, end: number): boolean {
  return gapsBefore(gaps, start) === gapsBefore(gaps, end);
}

/** How many gaps lie before an offset, by halving. */
function gapsBefore(gaps: readonly number[], offset: number): number {
  return partitionPoint(gaps, (gap) => gap < offset);
}
