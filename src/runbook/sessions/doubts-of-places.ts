// Owns the doubts of what words say is to be done on another machine: a run would do it here.
import { goesElsewhere } from '../../languages/commands/judging/goes-elsewhere.ts';
import { shorten } from '../../text/shorten.ts';
import { span } from '../../text/span.ts';
import type { Doubt } from '../doubts/doubt.ts';
import { type DoubtsAt, doubtsAt } from '../doubts/doubts-at.ts';
import { makeDoubt } from '../doubts/make-doubt.ts';
import type { PlacedText } from '../doubts/placed-text.ts';
import type { Heading, Outline } from '../headings/outline.ts';
import { endOfLine, startOfLine } from '../markdown/end-of-line.ts';
import { endOf, startOf } from '../markdown/parse-structure.ts';
import { wordsBefore } from '../prose/lead-in.ts';
import { type PlaceInWords, placeInHeading, placeInSentence } from '../prose/place-in-words.ts';
import type { StepDraft } from '../steps/step-draft.ts';
import { isShell, placedBlocks, saysWhere } from './placed-blocks.ts';

/** The words that say where a block is meant for. */
interface Sent {
  readonly place: PlaceInWords;
  readonly words: string;
  readonly start: number;
  readonly end: number;
}

/** What every page has that sends its reader somewhere; most have it, but few in the words that count. */
const mayName =
  /\b(?:on|in|inside|within|from|at|to|into|open|terminal|auf|im|sur|dans|en|dentro) |на |в |[在到]|[でに]/i;

/** What is done with containers from outside. */
const containerTools = /\b(?:docker|podman|nerdctl|buildah|lxc|crictl|ctr)\b/;

/** How what comes next is done at the same place. */
const goOn = /^(?:\W*(?:and|then|next|now|after (?:that|this)|afterwards?|also|finally|still|there)\b|$)/i;

/** The doubts of the blocks, by where they begin. Where all of a page names one machine, that may be this one. */
export function doubtsOfPlaces(
  steps: readonly StepDraft[],
  { headings }: Outline,
  { text, toByteOffset }: PlacedText,
): DoubtsAt {
  if (!mayName.test(text)) return () => [];
  const sent = new Map<number, Sent>();
  const names = new Set<string>();
  const headingsAbove = walkHeadings(headings);
  let last: { readonly sent: Sent; readonly end: number } | undefined;
  for (const { part } of placedBlocks(steps)) {
    const { node } = part.written;
    const start = startOf(node);
    const words = wordsBefore(text, startOfLine(text, start));
    const between = last === undefined ? '' : text.slice(last.end, start);
    const above = headingsAbove(start);
    const goesOn = last !== undefined && isContinued(between, words);
    const to = ofSentence(text, start, words) ?? (goesOn ? last?.sent : undefined) ?? ofHeading(above);
    last = to === undefined ? undefined : { sent: to, end: endOf(node) };
    if (to === undefined) continue;
    // A container is on the machine that a page calls its host, and a terminal on this one.
    if (to.place.is !== 'inside' && to.place.is !== 'beside')
      names.add(to.place.is === 'here' ? 'here' : to.place.name);
    if (to.place.is === 'here' || saysWhere(part) || above.some(settles) || !isShell(part)) continue;
    const code = part.block.console?.commands ?? part.block.code;
    if (goesElsewhere(code) || (to.place.is === 'inside' && containerTools.test(code))) continue;
    sent.set(start, to);
  }
  const found = new Map<number, Doubt>();
  for (const [start, { place, words, ...at }] of sent) {
    if (place.is === 'named' && names.size < 2) continue;
    const said = `\`${shorten(words)}\` says where it is meant for, and it would run here`;
    found.set(
      start,
      makeDoubt('session', span(toByteOffset(at.start), toByteOffset(at.end)), { text: said }),
    );
  }
  return doubtsAt(found);
}

/** Whether a block behind another one, with its own words, is meant for the same place. */
function isContinued(between: string, words: string): boolean {
  return goOn.test(words) && !/^\s*(?:#{1,6}|[-*+]|\d+[.)])\s/m.test(between);
}

/** The headings around places that are asked for in their order, the outermost first. */
function walkHeadings(headings: readonly Heading[]): (at: number) => readonly Heading[] {
  const open: Heading[] = [];
  let passed = 0;
  return (at) => {
    for (
      let heading = headings[passed];
      heading !== undefined && heading.start < at;
      heading = headings[passed]
    ) {
      while ((open.at(-1)?.depth ?? 0) >= heading.depth) open.pop();
      open.push(heading);
      passed += 1;
    }
    return open;
  };
}

/** It says of all below it where it runs. */
function settles({ attributes }: Heading): boolean {
  const { hosts, hostsFrom, user, run } = attributes;
  return (hosts ?? hostsFrom ?? user ?? run) !== undefined;
}

/** By the sentence that leads to the block. */
function ofSentence(text: string, block: number, words: string): Sent | undefined {
  if (words === '' || words.startsWith('#')) return undefined;
  const sentence =
    words
      .replace(/<[^>]*>/g, ' ')
      .trim()
      .split(/(?<=[.!?])\s+/)
      .at(-1) ?? '';
  const place = placeInSentence(sentence);
  if (place === undefined) return undefined;
  const above = text.slice(0, block).trimEnd();
  const start = startOfLine(text, above.length);
  return {
    place,
    words: sentence.replace(/[*_`]/g, '').replace(/\s*[:：]$/, ''),
    start,
    end: endOfLine(text, start),
  };
}

/** By the innermost heading above it that names a place; the title is of all the page. */
function ofHeading(above: readonly Heading[]): Sent | undefined {
  for (const { title, start, headingEnd, depth } of [...above].reverse()) {
    const place = depth > 1 ? placeInHeading(title) : undefined;
    if (place !== undefined) return { place, words: title, start, end: headingEnd };
  }
  return undefined;
}
