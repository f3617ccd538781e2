// Owns making a step of a heading: what belongs to it, and what below it validates, undoes or tidies up instead.
import type { Nodes } from 'mdast';
import type { DocumentContext } from '../content/document-context.ts';
import type { PartDraft } from '../content/part-draft.ts';
import { askedIn, asksInProse } from '../content/read-asked.ts';
import type { PartRules } from '../content/read-parts.ts';
import { readParts } from '../content/read-parts.ts';
import { isAllLinks, isIndexTitle, readSoleLink } from '../content/read-sole-link.ts';
import { asksToLook } from '../headings/asks-to-look.ts';
import type { HeadingRules } from '../headings/heading-rules.ts';
import { holdsChecklist } from '../headings/heading-rules.ts';
import { behindLabel } from '../headings/normalise-heading.ts';
import type { Heading } from '../headings/outline.ts';
import type { SectionMatch } from '../headings/section-matcher.ts';
import { endOf, startOf } from '../markdown/parse-structure.ts';
import type { SectionKind, StepRule } from '../runbook.ts';
import type { StepDraft } from './step-draft.ts';
import { actingSections, isActive } from './step-draft.ts';

/** UTF-16 offsets, the end left out. */
export type Range = readonly [start: number, end: number];

/** A heading below a step that opens a section of its own. */
export interface NestedSection {
  readonly heading: Heading;
  readonly found: SectionMatch;
}

/** What makes a step of a heading, beside the heading. */
export interface HeadedStep {
  readonly kind: SectionKind;
  readonly rule: StepRule;
  readonly nodes: readonly Nodes[];
  readonly range: Range;
  /** Ranges that are no part of it. */
  readonly without?: readonly Range[];
  readonly rules: PartRules;
  /** Its prose asks a person for something where prose commonly does not. */
  readonly asks?: boolean;
}

/** A step of a heading; undefined where it would ask for nothing. */
export function makeStep(
  context: DocumentContext,
  heading: Heading,
  { kind, rule, nodes, range: [start, end], without = [], rules, asks = false }: HeadedStep,
): StepDraft | undefined {
  const link = linkOf(context, heading, nodes);
  const allRules = {
    ...rules,
    runsLinks: kind !== 'context' && !isIndexTitle(heading.title) && isAllLinks(context, nodes),
  };
  const parts = link === undefined ? readParts(context, { start, end, nodes, without }, allRules) : [link];
  const manual = !parts.some(isActive);
  if (manual && !actingSections.has(kind) && !asks && !asksInCleanup(context, heading, kind, rule, nodes))
    return undefined;
  // An empty section asks for nothing; a step's heading may be all that there is to say.
  if (manual && parts.length === 0 && rule === 'section') return undefined;
  return {
    title: heading.title,
    slug: heading.slug,
    section: kind,
    rule,
    depth: heading.depth,
    start: heading.start,
    end,
    heading: [heading.start, heading.headingEnd],
    attributes: heading.attributes,
    parts,
    validation: [],
    rollback: [],
    manual,
  };
}

/** Much of the prose of a clean-up explains; where it, or its heading, orders something, that is for a person to do. */
function asksInCleanup(
  context: DocumentContext,
  heading: Heading,
  kind: SectionKind,
  rule: StepRule,
  nodes: readonly Nodes[],
): boolean {
  if (kind !== 'cleanup') return false;
  return (
    asksInProse(nodes, context) || (rule !== 'section' && askedIn(heading.title, true).byHand.length > 0)
  );
}

/** A step of a heading and what stands directly below it. */
export function makeDirectStep(
  context: DocumentContext,
  heading: Heading,
  kind: SectionKind,
  rule: StepRule,
): StepDraft | undefined {
  const rules: PartRules = {
    section: kind,
    attributes: heading.attributes,
    isContext: () => false,
    lookingAt: () => undefined,
  };
  return makeStep(context, heading, {
    kind,
    rule,
    nodes: heading.content,
    range: contentRange(heading),
    rules,
  });
}

/** A step of a heading and all below it, and the sections in it that are not the step's own work. */
export function makeWholeStep(
  context: DocumentContext,
  headings: HeadingRules,
  heading: Heading,
  kind: SectionKind,
  rule: StepRule,
): { readonly step: StepDraft | undefined; readonly nested: readonly NestedSection[] } {
  const below = collectBelow(headings, heading, kind);
  const rules: PartRules = {
    section: kind,
    attributes: heading.attributes,
    isContext: (offset) => below.context.some((range) => contains(range, offset)),
    lookingAt: (offset) => below.looking.findLast(({ range }) => contains(range, offset))?.kind,
  };
  const step = makeStep(context, heading, {
    kind,
    rule,
    nodes: below.nodes,
    range: [heading.headingEnd, heading.end],
    without: below.nested.map(({ heading: { start, end } }): Range => [start, end]),
    rules,
    asks:
      kind === 'diagnosis' &&
      !headings.isTrouble(heading) &&
      asksToLook(heading.title, context.text.slice(heading.headingEnd, heading.end)),
  });
  return { step, nested: below.nested };
}

interface Below {
  readonly nodes: Nodes[];
  /** Sections for which the step is done elsewhere. */
  readonly nested: NestedSection[];
  /** Where nothing runs but what says so. */
  readonly context: Range[];
  /** Where blocks only look; what stands within another comes behind it. */
  readonly looking: { readonly range: Range; readonly kind: 'preconditions' | 'diagnosis' }[];
}

function collectBelow(headings: HeadingRules, heading: Heading, kind: SectionKind): Below {
  const below: Below = { nodes: [...heading.content], nested: [], context: [], looking: [] };
  const collect = (nested: Heading): void => {
    const found = headings.matchOf(nested);
    const range: Range = [nested.start, nested.end];
    if (kind === 'steps' && found !== undefined && standsApart(headings, found, nested, heading)) {
      below.nested.push({ heading: nested, found });
      return;
    }
    if (found?.kind === 'context' && !holdsChecklist(nested)) below.context.push(range);
    if (found?.kind === 'preconditions' || found?.kind === 'diagnosis')
      below.looking.push({ range, kind: found.kind });
    below.nodes.push(...nested.content);
    for (const child of nested.children) collect(child);
  };
  for (const child of heading.children) collect(child);
  return below;
}

/** True for a section in a step that validates it, undoes it, or tidies up behind it. */
function standsApart(headings: HeadingRules, found: SectionMatch, nested: Heading, step: Heading): boolean {
  if (found.kind === 'rollback' || found.kind === 'cleanup') return true;
  // What is only checked on the way stays there: a validation comes behind its whole step.
  return (
    found.kind === 'validation' &&
    !(found.needs === 'work-before' && headings.holdsWorkBehind(step, nested.end))
  );
}

function contains([start, end]: Range, offset: number): boolean {
  return start <= offset && offset < end;
}

/** What stands directly below a heading, up to the first further one. */
export function contentRange(heading: Heading): Range {
  return [heading.headingEnd, heading.children[0]?.start ?? heading.end];
}

/** A step whose content, or whose heading where there is no content, is nothing but a link to a runbook. */
function linkOf(context: DocumentContext, heading: Heading, nodes: readonly Nodes[]): PartDraft | undefined {
  const { attributes, group, written, writtenStart } = heading;
  const inputs = attributes.with ?? {};
  const [only, ...others] = nodes;
  const prefixAt = heading.start;
  if (only === undefined) {
    const link = readSoleLink(context, {
      range: [heading.start, heading.headingEnd],
      from: writtenStart + behindLabel(written),
      to: writtenStart + written.length,
      prefixAt,
      inputs,
      ...(group !== undefined && { group }),
    });
    return link && pinnedBy(link, attributes.digest);
  }
  if (only.type !== 'paragraph' || others.length > 0) return undefined;
  const range = [startOf(only), endOf(only)] as const;
  const from = range[0] + behindLabel(context.text.slice(...range));
  const hasPin = attributes.digest !== undefined && group !== undefined;
  const place = { range, from, prefixAt, inputs, ...(hasPin && { group }) };
  const link = readSoleLink(context, place);
  return link && pinnedBy(link, attributes.digest);
}

/** What the heading says of its link, where the link says nothing itself. */
function pinnedBy(part: PartDraft, digest: string | undefined): PartDraft {
  if (part.type !== 'runbook-link' || digest === undefined) return part;
  return { type: 'runbook-link', link: { digest, ...part.link } };
}
