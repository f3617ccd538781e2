// Owns the way from a source file to a runbook.

import type { Root } from 'mdast';
import type { Diagnostic } from '../text/diagnostic.ts';
import type { SourceFile } from '../text/source-file.ts';
import type { Span } from '../text/span.ts';
import { span } from '../text/span.ts';
import { readBlocks } from './content/read-blocks.ts';
import { readInputTables } from './content/read-input-tables.ts';
import type { DocumentContext } from './content/read-parts.ts';
import { overlay } from './front-matter/configuration.ts';
import { emptyFrontMatter } from './front-matter/empty-front-matter.ts';
import type { FrontMatterReading } from './front-matter/read-front-matter.ts';
import { readFrontMatter } from './front-matter/read-front-matter.ts';
import { buildOutline } from './headings/outline.ts';
import type { ExtraSectionWords } from './headings/section-matcher.ts';
import { makeSectionMatcher } from './headings/section-matcher.ts';
import { afterNewline, endOfLine } from './markdown/end-of-line.ts';
import { isNeverEnded } from './markdown/next-boundary.ts';
import { parseStructure, startOf } from './markdown/parse-structure.ts';
import type { FoundRegion, FoundRegions } from './regions/take-regions.ts';
import { takeRegions } from './regions/take-regions.ts';
import type { Region, Runbook, Section } from './runbook.ts';
import type { Structure } from './steps/build-steps.ts';
import { buildSteps } from './steps/build-steps.ts';
import { nameSteps } from './steps/name-steps.ts';
import { findUnclaimedProse } from './steps/unclaimed-prose.ts';

export interface ParseOptions {
  /** Heading words of a user's configuration, beside those of the table and of the front matter. */
  readonly sections?: ExtraSectionWords;
  /** Languages that a user's configuration can run, by label. */
  readonly interpreters?: Readonly<Record<string, readonly string[]>>;
}

export interface ParsedRunbook {
  readonly runbook: Runbook;
  /** In source order. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The options under which another version of a runbook is understood as this one was. */
export function parseOptionsOf({ frontMatter }: Runbook): ParseOptions {
  return { sections: frontMatter.sections, interpreters: frontMatter.interpreters };
}

/** Reads a Markdown document as a runbook. Any text is one; what is wrong with it is in the diagnostics. */
export function parseRunbook(source: SourceFile, options: ParseOptions = {}): ParsedRunbook {
  const { text, toByteOffset } = source;
  const root = parseStructure(text);
  const found = takeRegions(root, text);
  const front = frontMatterOf(root, source);
  const settings = settingsOf(options, front);
  const outline = buildOutline(root, text, toByteOffset);
  const written = readBlocks(root, text, toByteOffset, new Set(Object.keys(settings.interpreters)));
  const context: DocumentContext = {
    text,
    toByteOffset,
    written,
    regions: found.regions,
    marksAt: marksOf(found),
  };
  const match = makeSectionMatcher([options.sections ?? {}, front.frontMatter.sections]);
  const structure = buildSteps(outline, context, match);
  const unclaimed = findUnclaimedProse(root, structure, context);
  const named = nameSteps(structure.steps, outline, source, unclaimed.leadIns);

  const toSpan: ToSpan = (start, end) => span(toByteOffset(start), toByteOffset(end));
  const inputRows = readInputTables(root, text);
  const last = root.children.at(-1);
  const topHeading = structure.titleHeading ?? outline.headings.find(({ depth }) => depth === 1);
  const runbook: Runbook = {
    source,
    title: front.frontMatter.title ?? (topHeading?.title || nameOfFile(source.path)),
    frontMatter: { ...front.frontMatter, ...settings },
    intro: unclaimed.intro.map(([start, end]) => toSpan(start, end)),
    sections: sectionsOf(structure, named.names, toSpan),
    steps: named.steps,
    ...(inputRows.length > 0 && { inputRows }),
    ...(last !== undefined && isNeverEnded(last) && { endsOpen: true as const }),
    regions: found.regions.map((region) => placeRegion(region, toSpan)),
  };
  const diagnostics = [
    ...front.diagnostics,
    ...outline.diagnostics,
    ...written.diagnostics,
    ...named.diagnostics,
    ...tornRegions(found, toSpan),
  ];
  return { runbook, diagnostics: inSourceOrder(diagnostics) };
}

/** From UTF-16 offsets to bytes of the author's file. */
type ToSpan = (start: number, end: number) => Span;

/** The configuration with the front matter over it. Channels are the configuration's alone. */
function settingsOf({ sections = {}, interpreters = {} }: ParseOptions, { frontMatter }: FrontMatterReading) {
  const { channels: _channels, ...settings } = overlay(
    { sections, interpreters, channels: {} },
    { ...frontMatter, channels: {} },
  );
  return settings;
}

/** The marks of a checklist as its author had them, by where its result stands. */
function marksOf({ regions }: FoundRegions): DocumentContext['marksAt'] {
  const marks = new Map(
    regions.flatMap((region) =>
      region.type === 'result' && region.marks !== undefined ? [[region.start, region.marks] as const] : [],
    ),
  );
  return (offset) => marks.get(offset);
}

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
  return region.type === 'log'
    ? { type: 'log', span: toSpan(start, end) }
    : { type: 'result', address: region.address, span: toSpan(start, end) };
}

function frontMatterOf(root: Root, source: SourceFile): FrontMatterReading {
  const [first] = root.children;
  if (first?.type !== 'yaml') return { frontMatter: emptyFrontMatter, diagnostics: [] };
  const { text, toByteOffset } = source;
  const start = afterNewline(text, endOfLine(text, startOf(first)));
  const { value } = first;
  return readFrontMatter(value, (offset) => toByteOffset(start + Math.min(offset, value.length)));
}

function nameOfFile(path: string): string {
  const name = path.split('/').at(-1) ?? path;
  return name.replace(/\.(?:md|markdown)$/i, '') || path;
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
