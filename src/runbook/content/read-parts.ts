// Owns what stands in a stretch of the document: prose, blocks, checklists, links.

import type { Nodes } from 'mdast';
import { partitionPoint } from '../../basics/partition-point.ts';
import { syntaxOf } from '../../languages/placeholders/find-placeholders.ts';
import { findLookalike, type LookalikeKind } from '../../languages/shell/reader/find-lookalike.ts';
import { type Span, span } from '../../text/span.ts';
import { holdsText, riskOfText } from '../attributes/holds-text.ts';
import type { Doubt } from '../doubts/doubt.ts';
import { makeDoubt } from '../doubts/make-doubt.ts';
import type { ExpectedOutput } from '../expected-output.ts';
import { afterNewline, endOfLine } from '../markdown/end-of-line.ts';
import { endOf, startOf } from '../markdown/parse-structure.ts';
import type { Asking } from '../prose/asks-to-run.ts';
import { findStandIn } from '../prose/find-stand-in.ts';
import { firstToReplace } from '../prose/words-to-replace.ts';
import type { FoundRegion } from '../regions/take-regions.ts';
import type { Attributes, Block, Risk, SectionKind } from '../runbook.ts';
import { doneInStep } from './asked-part.ts';
import { containerPrefix, isBlankOrMarkers, linePrefix } from './container-prefix.ts';
import type { DocumentContext } from './document-context.ts';
import { isRunnable } from './holds-work.ts';
import { locatePlaceholders } from './locate-placeholders.ts';
import type { PartDraft } from './part-draft.ts';
import { isAsked, leftBeside, readAsked, readAskedList } from './read-asked.ts';
import type { WrittenBlock } from './read-blocks.ts';
import { isTaskList, readChecklist } from './read-checklist.ts';
import type { CodeDoubt } from './read-code.ts';
import { linksOfList } from './read-sole-link.ts';

/** How the blocks of a stretch are taken: by the section that they stand in. */
export interface PartRules {
  readonly section: SectionKind;
  /** In context nothing runs unless a block says so. */
  readonly isContext: (offset: number) => boolean;
  /** The nested section around a place, of those that only look. */
  readonly lookingAt: (offset: number) => 'preconditions' | 'diagnosis' | undefined;
  /** Attributes of the step's heading. */
  readonly attributes: Attributes;
  /** Lists of links to runbooks are what there is to do. */
  readonly runsLinks?: boolean;
}

/** A stretch of the document, with what is left out of it. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly nodes: readonly Nodes[];
  /** Ranges inside it that belong to something else. */
  readonly without: readonly (readonly [start: number, end: number])[];
}

interface Found {
  readonly start: number;
  readonly end: number;
  /** Absent for what is cut out of the prose and is no part itself. */
  readonly part?: PartDraft;
  /** A sentence that asks for something: what the block right after it may do is not asked for. */
  readonly asks?: Asking;
}

/** Default risk of a section's blocks: the sections that look are trusted to look. */
function defaultRisk(section: SectionKind): Risk {
  return section === 'preconditions' || section === 'diagnosis' || section === 'validation'
    ? 'read'
    : 'change';
}

/** Reads the parts of a stretch in document order. */
export function readParts(context: DocumentContext, stretch: Stretch, rules: PartRules): PartDraft[] {
  const found: Found[] = stretch.without.map(([start, end]) => ({ start, end }));
  for (const { start, end } of regionsWithin(context.regions, stretch)) found.push({ start, end });
  const inside: Found[] = [];
  findAmong(stretch.nodes, context, rules, inside);
  // Where nothing is run or ticked, the step is one question as a whole.
  const acts = inside.some((one) => isRun(one) || one.part?.type === 'checklist');
  found.push(...(acts ? inside : inside.filter(({ asks }) => asks === undefined)));
  found.sort((left, right) => left.start - right.start || right.end - left.end);

  const isDone = doneInStep(context, found, rules.attributes);
  const parts: PartDraft[] = [];
  let position = stretch.start;
  for (const [index, { start, end, part, asks }] of found.entries()) {
    if (asks !== undefined && isDone(index, asks)) continue;
    addProse(context, position, start, parts);
    if (part !== undefined) parts.push(part);
    position = Math.max(position, end);
  }
  addProse(context, position, stretch.end, parts);
  return parts;
}

/** The prose of a range, without the regions in it. */
export function proseBetween(
  context: DocumentContext,
  start: number,
  end: number,
): readonly (readonly [number, number])[] {
  const prose: (readonly [number, number])[] = [];
  let position = start;
  for (const region of [...regionsWithin(context.regions, { start, end }), { start: end, end }]) {
    const trimmed = trimProse(context.text, position, region.start);
    if (trimmed !== undefined) prose.push(trimmed);
    position = region.end;
  }
  return prose;
}

/** The regions of a stretch, found without looking at all of a long document's. */
function regionsWithin(
  regions: readonly FoundRegion[],
  stretch: { readonly start: number; readonly end: number },
): readonly FoundRegion[] {
  const within: FoundRegion[] = [];
  const first = partitionPoint(regions, ({ start }) => start < stretch.start);
  for (let index = first; index < regions.length; index += 1) {
    const region = regions[index];
    if (region === undefined || region.start > stretch.end) break;
    if (region.end <= stretch.end) within.push(region);
  }
  return within;
}

/** What stands in nodes beside one another. */
function findAmong(
  nodes: readonly Nodes[],
  context: DocumentContext,
  rules: PartRules,
  found: Found[],
  isTicked = false,
): void {
  for (const [index, node] of nodes.entries()) {
    const isList = node.type === 'list' && !isTicked && !context.skim && !isTaskList(node);
    if (!isList) {
      findIn(node, context, rules, found, isTicked);
      continue;
    }
    const list = readAskedList(node, nodes, index, context, rules);
    const inside: Found[] = [];
    findIn(node, context, rules, inside, isTicked);
    found.push(...list.items);
    for (const one of inside) {
      const asks = one.asks && leftBeside(one.asks, one, list);
      if (asks === undefined) found.push(one);
      else if (isAsked(asks)) found.push({ ...one, asks });
    }
  }
}

function findIn(
  node: Nodes,
  context: DocumentContext,
  rules: PartRules,
  found: Found[],
  isTicked: boolean,
): void {
  if (node.type === 'code') {
    const { start, end } = { start: startOf(node), end: endOf(node) };
    if (context.written.outputs.has(node)) found.push({ start, end });
    else {
      const written = context.written.blocks.get(node);
      if (written !== undefined) found.push({ start, end, part: makeBlock(written, context, rules) });
    }
    return;
  }
  if (node.type === 'html') {
    if (context.written.similarityComments.has(node)) found.push({ start: startOf(node), end: endOf(node) });
    return;
  }
  const links =
    node.type === 'list' && rules.runsLinks ? linksOfList(context, node, rules.attributes.with) : undefined;
  if (links !== undefined) {
    for (const { start, end, part } of links) found.push({ start, end, part });
    return;
  }
  if (node.type === 'table' || (node.type === 'paragraph' && !isTicked)) {
    const asked = context.skim ? undefined : readAsked(node, context, rules);
    if (asked !== undefined) found.push(asked);
    return;
  }
  if (node.type !== 'list' && node.type !== 'listItem' && node.type !== 'blockquote') return;
  const isChecklist =
    node.type === 'list' && isTaskList(node) && !isTicked && !rules.isContext(startOf(node));
  // A checklist has the items of the task lists inside it, and only what is run stands for itself there.
  const inside: Found[] = [];
  findAmong(node.children, context, rules, inside, isTicked || isChecklist);
  if (isChecklist) found.push(...readChecklist(node, context, inside.filter(isRun)));
  found.push(...inside);
}

function isRun({ part }: Found): boolean {
  return part?.type === 'runbook-link' || (part?.type === 'block' && part.block.runnable);
}

function makeBlock(written: WrittenBlock, context: DocumentContext, rules: PartRules): PartDraft {
  const { node, attributes, known } = written;
  const { text, toByteOffset } = context;
  const start = startOf(node);
  const code = node.value.replace(/\r\n?/g, '\n');
  const runnable = isRunnable(written, rules.attributes, rules.isContext(start));
  const isText = holdsText(attributes);
  const isShell =
    !isText && (known === undefined ? written.language === undefined : known.family === 'shell');
  const language = isText ? languageOfText(written) : written.language;
  const { transcript, shown } = written.reading;
  const looking = rules.lookingAt(start);
  const closing = node.data?.fences?.closing;
  const block: Omit<Block, 'address' | 'named'> = {
    info: written.info,
    code,
    span: span(toByteOffset(start), toByteOffset(endOf(node))),
    contentSpan: span(toByteOffset(written.contentStart), toByteOffset(written.contentEnd)),
    fenced: written.fenced,
    closed: written.closed,
    runnable,
    ...(shown !== undefined && !runnable && { shown }),
    ...(runnable &&
      rules.attributes.run !== true &&
      doubtsOf(written, code, context, isShell && transcript === undefined)),
    risk: isText
      ? riskOfText(attributes, rules.attributes)
      : (attributes.risk ?? rules.attributes.risk ?? defaultRisk(looking ?? rules.section)),
    attributes,
    ...(looking === 'diagnosis' && { inDiagnosis: true as const }),
    containerPrefix: closing === undefined ? containerPrefix(text, start) : linePrefix(text, closing[0]),
    resultOffset: toByteOffset(endOfLine(text, endOf(node))),
    placeholders:
      runnable && !context.skim
        ? locatePlaceholders(
            written,
            code,
            isShell ? 'shell' : syntaxOf(isText ? undefined : known?.family),
            transcript?.commandLines,
            context,
          )
        : [],
    ...(language !== undefined && { language }),
    ...(transcript !== undefined &&
      runnable && {
        console: {
          commands: transcript.commands,
          output: transcript.output,
          commandLines: [...transcript.commandLines],
        },
      }),
    ...expectedOutput(written, context),
  };
  return { type: 'block', written, block };
}

/** What a file is written in is for readers: nothing runs it, whatever its label would have it run by. */
function languageOfText({ language, isRunnableLabel }: WrittenBlock): string {
  return language === undefined || isRunnableLabel ? 'text' : language;
}

/** What is doubtful of the code itself. */
function doubtsOf(
  written: WrittenBlock,
  code: string,
  context: DocumentContext,
  isShell: boolean,
): { readonly doubts?: readonly Doubt[] } {
  const { reading, attributes } = written;
  const found = reading.doubt === undefined ? [] : [reading.doubt];
  const left = attributes.run === true ? undefined : firstToReplace(context.toReplace, code);
  if (left !== undefined)
    found.push({
      code: 'to-replace',
      line: left.line,
      text: `the page says to replace \`${left.word}\` in it`,
    });
  else if (isShell && !context.skim && attributes.run !== true) {
    const standIn = findStandIn(code);
    if (standIn !== undefined)
      found.push({
        code: 'to-replace',
        line: standIn.line,
        text: `\`${standIn.word}\` reads like a word that stands for a value`,
      });
  }
  const odd = context.skim || attributes.run === true ? undefined : lookalikeIn(written, code, isShell);
  if (odd !== undefined) found.push(odd);
  if (found.length === 0) return {};
  return {
    doubts: found.map((doubt) =>
      makeDoubt(doubt.code, placeOf(written, doubt, context), wordsOf(doubt, written)),
    ),
  };
}

function lookalikeIn({ reading }: WrittenBlock, code: string, isShell: boolean): CodeDoubt | undefined {
  const typed = reading.transcript?.reader === 'shell' ? reading.transcript.commands : undefined;
  const odd = typed === undefined && !isShell ? undefined : findLookalike(typed ?? code);
  if (odd === undefined) return undefined;
  const { kind, written, line } = odd;
  const isSeen = kind !== 'blank' && kind !== 'invisible';
  const shown = isSeen ? written : `U+${written.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  const text = `\`${shown}\` ${lookalikes[kind]}`;
  // What was typed behind prompts has lines of its own.
  return typed === undefined ? { code: 'lookalike', line, text } : { code: 'lookalike', text };
}

const lookalikes: Readonly<Record<LookalikeKind, string>> = {
  quote: 'has a quote of a text, which is none of the shell',
  dash: 'begins with a dash of a text, which begins no option',
  blank: 'looks like a blank, and is none of the shell',
  invisible: 'is a character that nobody sees, and the shell reads it',
  entity: 'is written for a site, and no operator of the shell',
};

/** The line of a block that a doubt is about; the one that opens it where it is about all of it. */
function placeOf(
  { node, contentStart }: WrittenBlock,
  { line }: CodeDoubt,
  { text, toByteOffset }: DocumentContext,
): Span {
  let start = line === undefined ? startOf(node) : contentStart;
  for (let count = line ?? 0; count > 0; count -= 1) start = afterNewline(text, endOfLine(text, start));
  const end = Math.min(endOfLine(text, start), endOf(node));
  const blanks = /^[ \t>]*/.exec(text.slice(start, end))?.[0].length ?? 0;
  return span(toByteOffset(start + blanks), toByteOffset(Math.max(end, start + blanks)));
}

function wordsOf({ code, text }: CodeDoubt, { fenced }: WrittenBlock): Partial<Pick<Doubt, 'text' | 'help'>> {
  // Without a fence it can neither have a label nor say anything.
  const help =
    'put it between ```` ```sh ```` and ```` ``` ```` where it is commands, or behind ```` ```text ```` where it is only shown';
  return { ...(text !== undefined && { text }), ...(!fenced && code !== 'to-replace' && { help }) };
}

function expectedOutput(
  written: WrittenBlock,
  { written: all, toByteOffset }: DocumentContext,
): { readonly expectedOutput?: ExpectedOutput } {
  if (written.output === undefined) return {};
  const { node, similarity } = written.output;
  const shown = all.blocks.get(node);
  if (shown === undefined) return {};
  return {
    expectedOutput: {
      text: node.value.replace(/\r\n?/g, '\n'),
      span: span(toByteOffset(startOf(node)), toByteOffset(endOf(node))),
      contentSpan: span(toByteOffset(shown.contentStart), toByteOffset(shown.contentEnd)),
      ...(similarity !== undefined && { similarity }),
    },
  };
}

/** Adds the prose of a gap between parts, unless nothing is left of it but markers of its container. */
function addProse(context: DocumentContext, from: number, to: number, parts: PartDraft[]): void {
  const prose = trimProse(context.text, from, to);
  if (prose === undefined) return;
  const { toByteOffset } = context;
  parts.push({ type: 'prose', span: span(toByteOffset(prose[0]), toByteOffset(prose[1])) });
}

/** A range without blank lines and container markers at its ends; `undefined` where nothing to read is left. */
function trimProse(text: string, from: number, to: number): readonly [number, number] | undefined {
  if (to <= from) return undefined;
  const gap = text.slice(from, to);
  const lead = /^(?:[ \t>]*(?:\r\n|\n|\r))*[ \t]*/.exec(gap)?.[0].length ?? 0;
  let end = gap.trimEnd().length;
  for (;;) {
    const lastLine = Math.max(gap.lastIndexOf('\n', end - 1), gap.lastIndexOf('\r', end - 1)) + 1;
    if (lastLine <= lead || !/^[ \t>]*(?:[-+*]|\d{1,9}[.)])?[ \t]*$/.test(gap.slice(lastLine, end))) break;
    end = gap.slice(0, lastLine).trimEnd().length;
  }
  if (end <= lead) return undefined;
  const content = gap.slice(lead, end);
  if (isBlankOrMarkers(content) || isOnlyComments(content)) return undefined;
  return [from + lead, from + end];
}

function isOnlyComments(content: string): boolean {
  let rest = content.trim();
  while (rest.startsWith('<!--')) {
    const end = rest.indexOf('-->');
    if (end === -1) return true;
    rest = rest.slice(end + 3).trim();
  }
  return rest === '';
}
