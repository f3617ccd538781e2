// Owns the way from a source file to a runbook.

import { rangesAt } from '../basics/ranges-at.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import type { SourceFile } from '../text/source-file.ts';
import type { Span } from '../text/span.ts';
import { span } from '../text/span.ts';
import type { Choice } from './choices/choice.ts';
import { findChoices } from './choices/find-choices.ts';
import { type PlaceOf, placeChoices } from './choices/place-choices.ts';
import { readInputTables } from './content/read-input-tables.ts';
import { readVariables } from './content/read-variables.ts';
import type { Doubt } from './doubts/doubt.ts';
import { findMisspelt } from './headings/find-misspelt.ts';
import { isNeverEnded } from './markdown/next-boundary.ts';
import { doubtsOfCommentedOut } from './occasions/doubts-of-commented-out.ts';
import { doubtsOfComments } from './occasions/doubts-of-comments.ts';
import { doubtsOfConditions } from './occasions/doubts-of-conditions.ts';
import { doubtsOfIncludes } from './occasions/doubts-of-includes.ts';
import { doubtsOfOccasions } from './occasions/doubts-of-occasions.ts';
import { doubtsOfUnmarked } from './occasions/doubts-of-unmarked.ts';
import { saidOfCase } from './occasions/names-case.ts';
import { type ParseOptions, type ReadDocument, readDocument } from './read-document.ts';
import type { FoundRegion, FoundRegions } from './regions/take-regions.ts';
import type { FrontMatter, InputDeclaration, Region, Runbook, Section } from './runbook.ts';
import { doubtsOfPlaces } from './sessions/doubts-of-places.ts';
import { doubtsOfSessions } from './sessions/doubts-of-sessions.ts';
import type { Structure } from './steps/build-steps.ts';
import { findIdleAttributes } from './steps/find-idle-attributes.ts';
import { findOtherLanguages } from './steps/find-other-languages.ts';
import { followCommands } from './steps/follow-commands.ts';
import { nameSteps } from './steps/name-steps.ts';
import { findUnclaimedProse } from './steps/unclaimed-prose.ts';

export interface ParsedRunbook {
  readonly runbook: Runbook;
  /** In source order. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The options under which another version of a runbook is understood as this one was. */
export function parseOptionsOf({ frontMatter }: Runbook): ParseOptions {
  const { sections, interpreters, errexit, log } = frontMatter;
  return { sections, interpreters, ...(errexit !== undefined && { errexit }), ...(log && { log }) };
}

/** Reads a Markdown document as a runbook. Any text is one; what is wrong with it is in the diagnostics. */
export function parseRunbook(source: SourceFile, options: ParseOptions = {}): ParsedRunbook {
  const { text, toByteOffset } = source;
  const document = readDocument(source, options);
  const { root, found, front, settings, outline, written, context, structure } = document;
  const unclaimed = findUnclaimedProse(root, structure, context);
  const author = withoutResults(text, found);
  const { choices, placeOf: inChoices } = placeChoices(findChoices(outline, written, author), toByteOffset);
  const placeOf = withDoubts(document, author, inChoices);
  const named = nameSteps(structure.steps, outline, source, unclaimed.leadIns, placeOf);

  const toSpan: ToSpan = (start, end) => span(toByteOffset(start), toByteOffset(end));
  const others = findOtherLanguages(written, structure, toSpan);
  const inputRows = readInputTables(root, text);
  const last = root.children.at(-1);
  const runbook: Runbook = {
    source,
    title: document.title,
    frontMatter: withInputs({ ...front.frontMatter, ...settings }, readVariables(root, author, toByteOffset)),
    intro: unclaimed.intro.map(([start, end]) => toSpan(start, end)),
    sections: sectionsOf(structure, named.names, toSpan),
    steps: followCommands(named.steps),
    ...(choices.length > 0 && { choices }),
    ...(inputRows.length > 0 && { inputRows }),
    ...(others.length > 0 && { otherLanguages: others }),
    ...(last !== undefined && isNeverEnded(last) && { endsOpen: true as const }),
    anchors: new Map(
      outline.headings.map(({ slug, title, start, end }) => [slug, { ...toSpan(start, end), title }]),
    ),
    regions: found.regions.map((region) => placeRegion(region, toSpan)),
  };
  const diagnostics = [
    ...front.diagnostics,
    ...outline.diagnostics,
    ...written.diagnostics,
    ...named.diagnostics,
    ...findMisspelt(structure.rules, toByteOffset),
    ...findIdleAttributes(outline, structure, toByteOffset),
    ...tornRegions(found, toSpan),
  ];
  return { runbook, diagnostics: inSourceOrder(diagnostics) };
}

/** The places of blocks and steps, with all that is doubtful there. */
function withDoubts(
  { outline, structure, context, written }: ReadDocument,
  author: string,
  inChoices: PlaceOf,
): PlaceOf {
  const placed = { text: author, toByteOffset: context.toByteOffset };
  const ofSessions = doubtsOfSessions(structure.steps, outline, placed);
  const ofPlaces = doubtsOfPlaces(structure.steps, outline, placed);
  const ofOccasions = doubtsOfOccasions(outline, structure.rules, context);
  const ofConditions = doubtsOfConditions(written, isUndo(structure), outline, structure.rules, placed);
  const ofCommentedOut = doubtsOfCommentedOut(written, placed);
  const ofComments = doubtsOfComments(written, isUndo(structure), structure.rules, placed);
  const ofIncludes = doubtsOfIncludes(written, outline, structure.rules, placed);
  const ofUnmarked = doubtsOfUnmarked(structure, outline, written, placed);
  const labelsAt = labelsOf();
  return (start) => {
    const place = inChoices(start);
    // Ways of one choice are told once, as that.
    const isTold = (doubt: Doubt) =>
      place.branches.some(({ choice }) =>
        labelsAt(choice)(doubt.span.start).some(
          ({ start: from }) => from === doubt.span.start || doubt.text === saidOfCase,
        ),
      );
    const others = ofOccasions(start).filter((doubt) => doubt.code !== 'other-procedure' || !isTold(doubt));
    const leftOut = ofCommentedOut(start);
    const conditions =
      others.length === 0 && leftOut.length === 0
        ? ofConditions(start).filter((doubt) => !isTold(doubt))
        : leftOut;
    const session = ofSessions(start);
    // A choice of machines says by itself which of them is meant.
    const where = session.length > 0 || place.branches.length > 0 ? session : ofPlaces(start);
    // Told once of each kind.
    const own = ofComments(start).filter(
      ({ code }) => ![...others, ...where, ...conditions].some((one) => one.code === code),
    );
    const doubts = [...others, ...where, ...own, ...conditions, ...ofIncludes(start), ...ofUnmarked(start)];
    return doubts.length === 0 ? place : { ...place, doubts: [...place.doubts, ...doubts] };
  };
}

/** Finds the words that tell the ways of a choice apart by a place that they hold. */
function labelsOf(): (choice: Choice) => (offset: number) => readonly Span[] {
  const known = new Map<Choice, (offset: number) => readonly Span[]>();
  return (choice) => {
    const labels = known.get(choice) ?? rangesAt(choice.branches.map((branch) => branch.span));
    known.set(choice, labels);
    return labels;
  };
}

/** Front matter with more inputs; what it declares or sets itself stays. */
export function withInputs(frontMatter: FrontMatter, more: readonly InputDeclaration[]): FrontMatter {
  const own = new Set([...frontMatter.inputs.map(({ name }) => name), ...Object.keys(frontMatter.env)]);
  const added = more.filter(({ name }) => !own.has(name));
  return added.length === 0 ? frontMatter : { ...frontMatter, inputs: [...frontMatter.inputs, ...added] };
}

/** Whether a place stands in a section that goes back. */
function isUndo({ sections }: Structure): (offset: number) => boolean {
  const undosAt = rangesAt(sections.filter(({ kind }) => kind === 'rollback').map(({ heading }) => heading));
  return (at) => undosAt(at).length > 0;
}

/** The text with blanks where results stand, so that no word of a result says anything of the page. */
function withoutResults(text: string, { regions }: FoundRegions): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end } of regions) {
    pieces.push(text.slice(from, start), text.slice(start, end).replace(/[^\r\n]/g, ' '));
    from = end;
  }
  return pieces.length === 0 ? text : pieces.join('') + text.slice(from);
}

/** From UTF-16 offsets to bytes of the author's file. */
type ToSpan = (start: number, end: number) => Span;

function sectionsOf(
  { sections }: Structure,
  names: ReturnType<typeof nameSteps>['names'],
  toSpan: ToSpan,
): readonly Section[] {
  const inOrder = [...sections].sort((left, right) => left.heading.start - right.heading.start);
  return inOrder.map(({ kind, heading, word, boundTo }): Section => {
    const step = boundTo === undefined ? undefined : names.get(boundTo);
    return {
      kind,
      title: heading.title,
      depth: heading.depth,
      headingSpan: toSpan(heading.start, heading.headingEnd),
      span: toSpan(heading.start, heading.end),
      word,
      ...(step !== undefined && { boundTo: step }),
    };
  });
}

function placeRegion(region: FoundRegion, toSpan: ToSpan): Region {
  const { start, end } = region;
  if (region.type === 'log') return { type: 'log', span: toSpan(start, end) };
  const { address, run, code } = region;
  return {
    type: 'result',
    address,
    ...(run !== undefined && { run }),
    ...(code !== undefined && { code }),
    span: toSpan(start, end),
  };
}

function tornRegions({ torn }: FoundRegions, toSpan: ToSpan): Diagnostic[] {
  return torn.map(({ start, end }) => ({
    code: 'torn-region',
    severity: 'warning',
    message: 'this result region is never closed, so it is read as text',
    span: toSpan(start, end),
    help: 'remove what is left of it',
  }));
}

function inSourceOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort(
    (left, right) =>
      (left.span?.start ?? 0) - (right.span?.start ?? 0) || (left.span?.end ?? 0) - (right.span?.end ?? 0),
  );
}
