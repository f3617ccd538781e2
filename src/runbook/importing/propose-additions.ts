// Owns what is to be added to a page that was written for no tool, so that it says what is run and what is shown.
import { judgeCode } from '../../languages/recognition/judge-code.ts';
import { readPrompt } from '../../languages/recognition/read-prompt.ts';
import { hasErrors } from '../../text/diagnostic.ts';
import { decodeSource } from '../../text/source-file.ts';
import { applySplices } from '../../text/splice.ts';
import { findDoubts } from '../find-doubts.ts';
import { allBlocks, allSteps } from '../lint/lint-rule.ts';
import { parseOptionsOf, parseRunbook } from '../parse-runbook.ts';
import { readLeadIn, wordsBefore } from '../prose/lead-in.ts';
import type { Block, Runbook, Step } from '../runbook.ts';

/** Text that is put into a page; nothing of the page is taken away. */
export interface Addition {
  /** In bytes of the page. */
  readonly offset: number;
  readonly text: string;
}

/** What a page would be with all additions, and how doubtful it is before and after. */
export interface Proposal {
  readonly bytes: Uint8Array;
  readonly additions: readonly Addition[];
  readonly doubts: { readonly before: number; readonly after: number };
}

/** What the tool proposes an answer to: that what stands below the headings is done, one after the other. */
const ofSteps: ReadonlySet<string> = new Set(['unmarked', 'other-procedure']);

/** What is proposed for a page: labels of its blocks, then a section or marks for its steps, each where it helps. */
export function proposeAdditions(runbook: Runbook): Proposal {
  const before = findDoubts(runbook).length;
  let best: Proposal = { bytes: runbook.source.bytes, additions: [], doubts: { before, after: before } };
  const labels = labelAdditions(runbook);
  // A label makes a block a part of the page's work, and shows which steps are not marked.
  const labelled = labels.length === 0 ? runbook : readAgain(runbook, applied(runbook, labels));
  for (const steps of [sectionAdditions(labelled), markAdditions(labelled)].map((all) =>
    settlingNothingElse(labelled, all),
  )) {
    const additions = [...labels, ...moved(steps, labels)];
    const proposal = propose(runbook, additions, before);
    if (proposal !== undefined && isBetter(proposal, best)) best = proposal;
  }
  const only = propose(runbook, labels, before);
  return only !== undefined && isBetter(only, best) ? only : best;
}

/** Fewer doubts are better; of as many, the smaller change that still changes something. */
function isBetter({ doubts, additions }: Proposal, other: Proposal): boolean {
  if (doubts.after !== other.doubts.after) return doubts.after < other.doubts.after;
  return other.additions.length === 0 || additions.length < other.additions.length
    ? additions.length > 0
    : false;
}

function propose(runbook: Runbook, additions: readonly Addition[], before: number): Proposal | undefined {
  if (additions.length === 0) return undefined;
  const bytes = applied(runbook, additions);
  const { source } = decodeSource(runbook.source.path, bytes);
  const { runbook: after, diagnostics } = parseRunbook(source, parseOptionsOf(runbook));
  return hasErrors(diagnostics)
    ? undefined
    : { bytes, additions, doubts: { before, after: findDoubts(after).length } };
}

/** Those of the additions that say nothing but what is run: whether it is run each time is for the author to say. */
function settlingNothingElse(runbook: Runbook, additions: readonly Addition[]): readonly Addition[] {
  const before = otherDoubts(runbook);
  const settles = (some: readonly Addition[]): boolean =>
    some.length > 0 && otherDoubts(readAgain(runbook, applied(runbook, some))) < before;
  return settles(additions) ? additions.filter((one) => !settles([one])) : additions;
}

/** How many doubts there are beside whether the headings are steps of one procedure. */
function otherDoubts(runbook: Runbook): number {
  return findDoubts(runbook).filter(({ code }) => !ofSteps.has(code)).length;
}

function readAgain(runbook: Runbook, bytes: Uint8Array): Runbook {
  const { source } = decodeSource(runbook.source.path, bytes);
  return parseRunbook(source, parseOptionsOf(runbook)).runbook;
}

function applied({ source }: Runbook, additions: readonly Addition[]): Uint8Array {
  const encoder = new TextEncoder();
  return applySplices(
    source.bytes,
    additions.map(({ offset, text }) => ({
      span: { start: offset, end: offset } as Runbook['intro'][number],
      bytes: encoder.encode(text),
    })),
  );
}

/** The same additions at their places in the page as it was before the labels. */
function moved(additions: readonly Addition[], labels: readonly Addition[]): readonly Addition[] {
  return additions.map(({ offset, text }) => {
    let at = offset;
    for (const label of [...labels].sort((one, other) => one.offset - other.offset))
      if (label.offset < at) at -= label.text.length;
    return { offset: at, text };
  });
}

function labelAdditions(runbook: Runbook): readonly Addition[] {
  return allBlocks(runbook).flatMap(({ block }) => {
    if (block.language !== undefined || block.info !== '' || !block.fenced || !block.closed) return [];
    const label = labelOf(runbook, block);
    const opening = /^(?:`{3,}|~{3,})/.exec(textAt(runbook, block.span.start));
    return label === undefined || opening === null
      ? []
      : [{ offset: block.span.start + opening[0].length, text: label }];
  });
}

function labelOf({ source }: Runbook, block: Block): string | undefined {
  const { line } = source.lines.placeOf(block.span.start);
  const before = source.text
    .split('\n')
    .slice(0, line - 1)
    .join('\n');
  const words = wordsBefore(`${before}\n`, before.length + 1);
  const lead =
    readLeadIn(words) ?? (/^(?:expected )?output\b\s*:?$/i.test(words) ? { is: 'output' } : undefined);
  if (lead?.is === 'output') return 'output';
  if (lead?.is === 'file') return 'text';
  if (block.doubts?.some(({ code }) => code === 'unlabelled')) {
    const first = block.code.split('\n').find((one) => one.trim() !== '') ?? '';
    return readPrompt(first)?.reader === 'shell' ? 'console' : 'sh';
  }
  return judgeCode(block.code).is === 'no commands' ? 'text' : undefined;
}

function unmarkedSteps(runbook: Runbook): readonly (Step & { readonly headingSpan: Step['span'] })[] {
  return allSteps(runbook).flatMap((step) => {
    const { doubts, depth, headingSpan } = step;
    const isUnmarked = doubts?.some(({ code }) => code === 'unmarked') ?? false;
    return isUnmarked && depth > 0 && headingSpan !== undefined ? [{ ...step, headingSpan }] : [];
  });
}

/** A heading `Steps` above the first of the steps that are not said to be some, where there is a level for it. */
function sectionAdditions(runbook: Runbook): readonly Addition[] {
  const steps = unmarkedSteps(runbook);
  const depth = Math.min(...steps.map((step) => step.depth));
  const [first] = steps;
  if (first === undefined || depth < 3) return [];
  const { newline } = runbook.source;
  const text = `${'#'.repeat(depth - 1)} Steps${newline}${newline}`;
  return [{ offset: first.headingSpan.start, text }];
}

/** `{run}` behind the heading of each step of which nothing else is doubtful than that it is not said to be one. */
function markAdditions(runbook: Runbook): readonly Addition[] {
  return unmarkedSteps(runbook).flatMap(({ headingSpan, doubts }) => {
    if (doubts?.some(({ code }) => !ofSteps.has(code))) return [];
    const [line = ''] = textAt(runbook, headingSpan.start).split(/\r?\n/, 1);
    // One that is closed by `#`, has braces already or is underlined is left to its author.
    if (!/^#{1,6}[ \t]/.test(line) || /[}#]\s*$/.test(line)) return [];
    const length = new TextEncoder().encode(line.trimEnd()).length;
    return [{ offset: headingSpan.start + length, text: ' {run}' }];
  });
}

function textAt({ source }: Runbook, byteOffset: number): string {
  return new TextDecoder().decode(source.bytes.subarray(byteOffset, byteOffset + 2_000));
}
