// Owns how a document is read, up to its sections and steps without names.
import type { Root } from 'mdast';
import type { SourceFile } from '../text/source-file.ts';
import type { DocumentContext } from './content/document-context.ts';
import { readBlocks, type WrittenBlocks } from './content/read-blocks.ts';
import { misplacedFrontMatter } from './front-matter/complaints/misplaced-front-matter.ts';
import { overlay } from './front-matter/configuration.ts';
import { emptyFrontMatter } from './front-matter/empty-front-matter.ts';
import type { FrontMatterReading } from './front-matter/read-front-matter.ts';
import { readFrontMatter } from './front-matter/read-front-matter.ts';
import { tomlFrontMatter } from './front-matter/toml-front-matter.ts';
import { buildOutline, type Outline } from './headings/outline.ts';
import type { ExtraSectionWords } from './headings/section-matcher.ts';
import { makeSectionMatcher } from './headings/section-matcher.ts';
import { afterNewline, endOfLine } from './markdown/end-of-line.ts';
import { asListItems } from './markdown/find-indented-containers.ts';
import { parseStructure, startOf } from './markdown/parse-structure.ts';
import { wordsToReplace } from './prose/words-to-replace.ts';
import type { FoundRegions } from './regions/take-regions.ts';
import { takeRegions } from './regions/take-regions.ts';
import type { LogChoice } from './runbook.ts';
import type { Structure } from './steps/build-steps.ts';
import { buildSteps } from './steps/build-steps.ts';

export interface ParseOptions {
  /** Heading words of a user's configuration, beside those of the table and of the front matter. */
  readonly sections?: ExtraSectionWords;
  /** Languages that a user's configuration can run, by label. */
  readonly interpreters?: Readonly<Record<string, readonly string[]>>;
  /** What a user's configuration says of failing commands. */
  readonly errexit?: boolean;
  /** Where a user's configuration puts results. */
  readonly log?: LogChoice;
}

/** A document with its steps and sections found, and with what they were found by. */
export interface ReadDocument {
  readonly title: string;
  readonly root: Root;
  readonly found: FoundRegions;
  readonly front: FrontMatterReading;
  readonly settings: ReturnType<typeof settingsOf>;
  readonly outline: Outline;
  readonly written: WrittenBlocks;
  readonly context: DocumentContext;
  readonly structure: Structure;
}

/**
 * Reads a document. With `skim` what only a run needs is left out: steps have no titles of their own, blocks no
 * commands and placeholders, and prose that cannot change what is a step is passed over.
 */
export function readDocument(source: SourceFile, options: ParseOptions, skim = false): ReadDocument {
  const { text, toByteOffset } = source;
  const root = parseStructure(asListItems(text), { skim });
  const found = takeRegions(root, text);
  const front = frontMatterOf(root, source, skim);
  const settings = settingsOf(options, front);
  const outline = buildOutline(root, text, toByteOffset);
  const written = readBlocks(
    root,
    text,
    toByteOffset,
    new Set(Object.keys(settings.interpreters)),
    found.regions,
  );
  const context: DocumentContext = {
    text,
    toByteOffset,
    written,
    regions: found.regions,
    marksAt: marksOf(found),
    toReplace: skim ? [] : wordsToReplace(text),
    skim,
  };
  const match = makeSectionMatcher([options.sections ?? {}, front.frontMatter.sections]);
  const structure = buildSteps(outline, context, match, front.frontMatter.title);
  const topHeading = structure.titleHeading ?? outline.headings.find(({ depth }) => depth === 1);
  const title = front.frontMatter.title ?? (topHeading?.title || nameOfFile(source.path));
  return { title, root, found, front, settings, outline, written, context, structure };
}

/** The configuration with the front matter over it. Channels are the configuration's alone. */
function settingsOf(
  { sections = {}, interpreters = {}, errexit, log }: ParseOptions,
  { frontMatter }: FrontMatterReading,
) {
  const { channels: _channels, ...settings } = overlay(
    { sections, interpreters, channels: {}, ...(errexit !== undefined && { errexit }), ...(log && { log }) },
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

function frontMatterOf(root: Root, source: SourceFile, skim: boolean): FrontMatterReading {
  const [first] = root.children;
  const { text, toByteOffset } = source;
  if (first?.type !== 'yaml') {
    const none = tomlFrontMatter(text, toByteOffset) ?? misplacedFrontMatter(text, toByteOffset);
    return { frontMatter: emptyFrontMatter, diagnostics: none === undefined ? [] : [none] };
  }
  const start = afterNewline(text, endOfLine(text, startOf(first)));
  const { value } = first;
  return readFrontMatter(value, (offset) => toByteOffset(start + Math.min(offset, value.length)), skim);
}

function nameOfFile(path: string): string {
  const name = path.split('/').at(-1) ?? path;
  return name.replace(/\.(?:md|markdown)$/i, '') || path;
}
