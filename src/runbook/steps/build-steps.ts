// Owns the rules of what is a section and what is a step.
import type { Nodes } from 'mdast';
import { endOf, startOf } from '../markdown/parse-structure.ts';
import type { SectionKind, StepRule } from '../runbook.ts';
import type { Heading, Outline } from './outline.ts';
import { listSteps, proseSteps } from './prose-steps.ts';
import type { DocumentContext, PartRules } from './read-parts.ts';
import { holdsWork, isTaskList, readParts, readSoleLink } from './read-parts.ts';
import type { SectionMatch, SectionMatcher } from './section-matcher.ts';
import { stepLabel } from './section-matcher.ts';
import type { StepDraft } from './step-draft.ts';
import { actingSections, isActive } from './step-draft.ts';

/** A section on its way to the model; `boundTo` is the step that it validates or undoes. */
export interface SectionDraft {
  readonly kind: SectionKind;
  readonly heading: Heading;
  readonly word: string;
  readonly boundTo?: StepDraft;
}

export interface Structure {
  /** The heading that is the document's title and nothing else. */
  readonly titleHeading?: Heading;
  readonly sections: readonly SectionDraft[];
  readonly steps: readonly StepDraft[];
}

/** Where a heading stands: in no section, or in one. */
type Area = 'free' | SectionKind;

export function buildSteps(outline: Outline, context: DocumentContext, match: SectionMatcher): Structure {
  const strict = findSteps(outline, context, match, true);
  if (strict.steps.some(({ section }) => section === 'steps')) return strict;
  // A document that has no work by any other rule may count its instructions in plain prose.
  return findSteps(outline, context, match, false);
}

function findSteps(
  outline: Outline,
  context: DocumentContext,
  match: SectionMatcher,
  listsNeedWork: boolean,
): Structure {
  const titleHeading = findTitle(outline, context, match);
  const sections: SectionDraft[] = [];
  const steps: StepDraft[] = [];
  const tops = outline.document.children;
  const matches = new Map(outline.headings.map((heading) => [heading, match(heading.title)] as const));
  const matchOf = (heading: Heading) => (heading === titleHeading ? undefined : matches.get(heading));
  /** Headings that say "the steps stand here"; where there are some, other headings with code are examples. */
  const stepsSections = tops.flatMap((heading) => stepsSectionsIn(heading, 'free'));
  const saysWhereStepsAre = stepsSections.length > 0;
  const stepsDepth = saysWhereStepsAre ? Math.min(...stepsSections.map(({ depth }) => depth)) : 0;

  function stepsSectionsIn(heading: Heading, area: Area): readonly Heading[] {
    const opened = opens(area, matchOf(heading), heading);
    if (opened?.kind === 'steps' && opened.nature !== 'preparation') return [heading];
    const isStep =
      area === 'free' && opened === undefined && heading !== titleHeading && stepLabel(heading.title);
    if (isStep) return [];
    const inside = opened?.nature === 'trouble' ? 'context' : (opened?.kind ?? area);
    return heading.children.flatMap((child) => stepsSectionsIn(child, inside));
  }

  /** Which section, if any, a heading opens inside another one. */
  function opens(area: Area, found: SectionMatch | undefined, heading: Heading): SectionMatch | undefined {
    if (found === undefined || found.kind === area) return undefined;
    switch (area) {
      case 'free':
        return found;
      case 'steps':
        return found.kind === 'context' && holdsChecklist(heading) ? undefined : found;
      case 'diagnosis':
        return found.kind === 'steps' || found.kind === 'rollback' || found.kind === 'context'
          ? found
          : undefined;
      case 'context':
        return found.kind === 'preconditions' ? found : undefined;
      default:
        // What stands in a rollback is the rollback's: its own procedure, its own verification.
        return found.kind === 'context' && !holdsChecklist(heading) ? found : undefined;
    }
  }

  function holdsChecklist(heading: Heading): boolean {
    return heading.content.some(isTaskList) || heading.children.some(holdsChecklist);
  }

  function holdsWorkBelow(heading: Heading): boolean {
    return hasWork(heading.content) || heading.children.some(holdsWorkBelow);
  }

  function hasWork(nodes: readonly Nodes[]): boolean {
    return nodes.some((node) => holdsWork(node, context.written));
  }

  /** True for a counted heading whose parts are counted too: "2. Install" above "2.1 Download" with code. */
  function holdsCountedSteps(heading: Heading): boolean {
    return heading.children.some(
      (child) =>
        matchOf(child) === undefined &&
        ((stepLabel(child.title) !== undefined && holdsWorkBelow(child)) || holdsCountedSteps(child)),
    );
  }

  /** A heading outside of every section. */
  function readFree(heading: Heading, step: StepDraft | undefined): void {
    const opened = opens('free', matchOf(heading), heading);
    if (opened !== undefined) {
      readSection(heading, opened, step);
      return;
    }
    const label = heading === titleHeading ? undefined : stepLabel(heading.title);
    if (label !== undefined && !holdsCountedSteps(heading)) {
      add(steps, wholeStep(heading, 'steps', label));
      return;
    }
    let own = step;
    const counted = listsNeedWork ? undefined : countedProse(heading);
    if (counted !== undefined) steps.push(...counted);
    else if (hasWork(heading.content) && (!saysWhereStepsAre || label !== undefined)) {
      const isHeaded = heading.depth > 0 && heading !== titleHeading;
      const inList = listSteps(context, heading.content, 'steps', true);
      if (inList !== undefined) steps.push(...inList);
      else if (isHeaded) own = add(steps, directStep(heading, 'steps', label ?? 'code-heading')) ?? own;
      else steps.push(...proseSteps(context, heading.content, 'steps', contentRange(heading)));
    } else addForced(heading.content, heading);
    for (const child of heading.children) readFree(child, own);
  }

  /** An ordered list of prose outside of every section; a table of contents is none. */
  function countedProse(heading: Heading): readonly StepDraft[] | undefined {
    const lists = heading.content.filter((node) => node.type === 'list' && node.ordered === true);
    const items = lists.flatMap((node) => (node.type === 'list' ? node.children : []));
    const links = items.filter((item) =>
      /^[^\n]*\]\([^)]*\)\s*$/.test(context.text.slice(startOf(item), endOf(item))),
    );
    if (items.length < 2 || links.length > items.length / 2) return undefined;
    return listSteps(context, heading.content, 'steps', false);
  }

  function readSection(heading: Heading, found: SectionMatch, step: StepDraft | undefined): void {
    const { kind, word } = found;
    // A heading as high as that of the steps themselves is the document's, whatever was misplaced above it.
    const isInside = heading.depth > stepsDepth;
    const canBind = kind === 'validation' || kind === 'rollback';
    const bound = isInside && canBind ? step : undefined;
    sections.push({ kind, heading, word, ...(bound !== undefined && { boundTo: bound }) });
    if (kind === 'context') {
      addForced(heading.content, heading);
      for (const child of heading.children) readContext(child);
      return;
    }
    const target = bound === undefined ? steps : kind === 'validation' ? bound.validation : bound.rollback;
    readSectionContent(heading, found, target);
  }

  /** In context nothing is a step, but a block that says `run`, and what says that it must hold beforehand. */
  function readContext(heading: Heading): void {
    const opened = opens('context', matchOf(heading), heading);
    if (opened !== undefined) {
      readSection(heading, opened, undefined);
      return;
    }
    addForced(heading.content, heading);
    for (const child of heading.children) readContext(child);
  }

  function readSectionContent(heading: Heading, found: SectionMatch, target: StepDraft[]): void {
    const { kind } = found;
    const own = ownSteps(heading, kind);
    const before = target.length;
    target.push(...own);
    for (const child of heading.children) readInSection(child, found, target);
    const isAlone = target.length === before;
    // Prose above sub-headings introduces them; where none became a step, it is what the section asks for.
    if (isAlone && actingSections.has(kind)) add(target, directStep(heading, kind, 'section'));
  }

  function ownSteps(heading: Heading, kind: SectionKind): readonly StepDraft[] {
    const inList = listSteps(context, heading.content, kind, !actingSections.has(kind));
    if (inList !== undefined) return inList;
    if (!hasWork(heading.content)) return [];
    const step = directStep(heading, kind, 'code-heading');
    if (step === undefined) return [];
    const runs = step.parts.some((part) => part.type === 'block' && isActive(part));
    return [runs ? step : { ...step, rule: 'section' }];
  }

  function readInSection(heading: Heading, enclosing: SectionMatch, target: StepDraft[]): void {
    const { kind } = enclosing;
    const opened = opens(kind, matchOf(heading), heading);
    const isSolution = opened?.kind === 'steps' && enclosing.nature === 'trouble';
    if (opened !== undefined && !isSolution) {
      readSection(heading, opened, undefined);
      return;
    }
    if (holdsCountedSteps(heading)) {
      if (hasWork(heading.content)) target.push(...ownSteps(heading, kind));
      for (const child of heading.children) readInSection(child, enclosing, target);
      return;
    }
    add(target, wholeStep(heading, kind, stepLabel(heading.title) ?? 'sub-heading'));
  }

  /** A step of a heading and all below it, but for what validates, undoes or tidies up. */
  function wholeStep(heading: Heading, kind: SectionKind, rule: StepRule): StepDraft | undefined {
    const contextRanges: Range[] = [];
    const lookingRanges: Range[] = [];
    const without: Range[] = [];
    const later: { readonly heading: Heading; readonly found: SectionMatch }[] = [];
    const nodes: Nodes[] = [...heading.content];
    const collect = (nested: Heading) => {
      const found = matchOf(nested);
      const range: Range = [nested.start, nested.end];
      const takenOut =
        found?.kind === 'validation' || found?.kind === 'rollback' || found?.kind === 'cleanup';
      if (kind === 'steps' && found !== undefined && takenOut) {
        later.push({ heading: nested, found });
        without.push(range);
        return;
      }
      if (found?.kind === 'context' && !holdsChecklist(nested)) contextRanges.push(range);
      if (found?.kind === 'preconditions' || found?.kind === 'diagnosis') lookingRanges.push(range);
      nodes.push(...nested.content);
      for (const child of nested.children) collect(child);
    };
    for (const child of heading.children) collect(child);
    const rules: PartRules = {
      section: kind,
      attributes: heading.attributes,
      isContext: (offset) => contextRanges.some((range) => contains(range, offset)),
      onlyLooks: (offset) => lookingRanges.some((range) => contains(range, offset)),
    };
    const step = makeStep(heading, kind, rule, nodes, [heading.headingEnd, heading.end], without, rules);
    for (const { heading: nested, found } of later) readSection(nested, found, step);
    return step;
  }

  /** A step of a heading and what stands directly below it. */
  function directStep(heading: Heading, kind: SectionKind, rule: StepRule): StepDraft | undefined {
    const rules: PartRules = {
      section: kind,
      attributes: heading.attributes,
      isContext: never,
      onlyLooks: never,
    };
    return makeStep(heading, kind, rule, heading.content, contentRange(heading), [], rules);
  }

  function makeStep(
    heading: Heading,
    kind: SectionKind,
    rule: StepRule,
    nodes: readonly Nodes[],
    [start, end]: Range,
    without: readonly Range[],
    rules: PartRules,
  ): StepDraft | undefined {
    const link = linkOf(heading, nodes);
    const parts = link === undefined ? readParts(context, { start, end, nodes, without }, rules) : [link];
    const manual = !parts.some(isActive);
    if (manual && !actingSections.has(kind)) return undefined;
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

  /** A step whose content, or whose heading where there is no content, is nothing but a link to a runbook. */
  function linkOf(heading: Heading, nodes: readonly Nodes[]) {
    const inputs = heading.attributes.with ?? {};
    const [only, ...others] = nodes;
    const place = { prefixAt: heading.start, inputs };
    if (only === undefined) {
      return readSoleLink(context, heading.written, [heading.start, heading.headingEnd], place);
    }
    if (only.type !== 'paragraph' || others.length > 0) return undefined;
    const range = [only.position?.start.offset ?? 0, only.position?.end.offset ?? 0] as const;
    return readSoleLink(context, context.text.slice(...range), range, place);
  }

  /** Steps for blocks that say `run` where nothing else runs. */
  function addForced(nodes: readonly Nodes[], heading: Heading): void {
    if (!nodes.some(saysRun)) return;
    const rules: PartRules = {
      section: 'steps',
      attributes: heading.attributes,
      isContext: always,
      onlyLooks: never,
    };
    const inHeading = heading.depth > 0 && heading !== titleHeading;
    if (inHeading)
      add(steps, makeStep(heading, 'steps', 'code-heading', nodes, contentRange(heading), [], rules));
    else steps.push(...proseSteps(context, nodes, 'steps', contentRange(heading), rules));
  }

  function saysRun(node: Nodes): boolean {
    if (node.type === 'code') return context.written.blocks.get(node)?.attributes.run === true;
    const isContainer = node.type === 'list' || node.type === 'listItem' || node.type === 'blockquote';
    return isContainer && node.children.some(saysRun);
  }

  readFree({ ...outline.document, children: [] }, undefined);
  for (const heading of tops) readFree(heading, undefined);
  // A clean-up section inside a step was read before the step was done.
  steps.sort((left, right) => left.start - right.start);
  return { ...(titleHeading !== undefined && { titleHeading }), sections, steps };
}

type Range = readonly [start: number, end: number];

const never = (): boolean => false;
const always = (): boolean => true;

function contains([start, end]: Range, offset: number): boolean {
  return start <= offset && offset < end;
}

/** What stands directly below a heading, up to the first further one. */
function contentRange(heading: Heading): Range {
  return [heading.headingEnd, heading.children[0]?.start ?? heading.end];
}

function add(list: StepDraft[], step: StepDraft | undefined): StepDraft | undefined {
  if (step !== undefined) list.push(step);
  return step;
}

/**
 * The heading that names the document: the first of all, when it is the only one of the highest level, or one of
 * several of the first level that neither opens a section nor holds work itself.
 */
function findTitle(outline: Outline, context: DocumentContext, match: SectionMatcher): Heading | undefined {
  const [first] = outline.headings;
  if (first === undefined) return undefined;
  const isOnly = outline.headings.every((heading) => heading === first || heading.depth > first.depth);
  if (isOnly && first.depth === 1) return first;
  if (first.depth > 1 && !(isOnly && outline.headings.length > 1)) return undefined;
  const works = first.content.some((node) => holdsWork(node, context.written));
  return works || match(first.title) !== undefined || stepLabel(first.title) !== undefined
    ? undefined
    : first;
}
