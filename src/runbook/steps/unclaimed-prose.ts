// Owns prose that belongs to no step, so that an operator still reads it in its place.

import type { Nodes, Root } from 'mdast';
import { partitionPoint } from '../../basics/partition-point.ts';
import type { DocumentContext } from '../content/document-context.ts';
import { proseBetween } from '../content/read-parts.ts';
import { endOf, isFrontMatter, startOf } from '../markdown/parse-structure.ts';
import type { SectionDraft, Structure } from './build-steps.ts';
import type { StepDraft } from './step-draft.ts';

type Range = readonly [start: number, end: number];

export interface UnclaimedProse {
  /** What stands above the first step and the first section. */
  readonly intro: readonly Range[];
  readonly leadIns: ReadonlyMap<StepDraft, readonly Range[]>;
}

/** Finds the prose above every step that neither the step nor the one before it holds. */
export function findUnclaimedProse(
  root: Root,
  { steps: all, sections, titleHeading }: Structure,
  context: DocumentContext,
): UnclaimedProse {
  // Context is read in its place, whatever in it can be chosen by name.
  const steps = all.filter(({ section }) => section !== 'context');
  // Results of what is chosen by name will stand in the middle of it, and must not cut it in another way.
  const resultsWithin = all
    .filter(({ section }) => section === 'context')
    .flatMap(({ parts }) =>
      parts.flatMap((part) => (part.type === 'block' ? [endOf(part.written.node)] : [])),
    )
    .sort((left, right) => left - right);
  const nodes = root.children;
  const proseIn = (start: number, end: number): readonly Range[] => {
    let first = firstFrom(nodes, start);
    let last = firstFrom(nodes, end) - 1;
    // A heading at the end introduces the step, and one alone says nothing that its section does not.
    while (last >= first && saysNothing(nodes[last])) last -= 1;
    while (first <= last && isSkipped(nodes[first], titleHeading?.start)) first += 1;
    if (nodes.slice(first, last + 1).every(saysNothing)) return [];
    const [from, to] = [nodes[first], nodes[last]];
    if (from === undefined || to === undefined) return [];
    return proseAround(context, startOf(from), Math.min(endOf(to), end), resultsWithin);
  };

  const firstStep = steps[0]?.start ?? context.text.length;
  const firstSection = sections.reduce(
    (first, { heading }) => Math.min(first, heading.start),
    context.text.length,
  );
  const introEnd = Math.min(firstStep, firstSection);
  const leadIns = new Map<StepDraft, readonly Range[]>();
  const boundSections = sectionsByStep(sections);
  const claimedBefore = endsOutside(steps);

  const visit = (list: readonly StepDraft[], from: number, bound: readonly SectionDraft[]) => {
    let position = from;
    for (const step of list) {
      const section = bound.findLast(({ heading }) => heading.start <= step.start);
      const start = Math.max(position, section?.heading.start ?? 0, claimedBefore(step.start));
      const prose = start < step.start ? proseIn(start, step.start) : [];
      if (prose.length > 0) leadIns.set(step, prose);
      position = Math.max(position, step.end);
      const own = boundSections.get(step) ?? [];
      visit(step.validation, step.start, own);
      visit(step.rollback, step.start, own);
    }
  };
  visit(steps, introEnd, []);
  return { intro: proseIn(0, introEnd), leadIns };
}

/** The prose of a range, cut at each of the places, which are in their order. */
function proseAround(
  context: DocumentContext,
  start: number,
  end: number,
  places: readonly number[],
): readonly Range[] {
  const first = partitionPoint(places, (place) => place <= start);
  const behind = partitionPoint(places, (place) => place < end);
  const cuts = [...places.slice(first, behind), end];
  return cuts.flatMap((cut, index) => proseBetween(context, cuts[index - 1] ?? start, cut));
}

/** Where the last step ends, before an offset, that validates or undoes another one from outside of it. */
function endsOutside(steps: readonly StepDraft[]): (offset: number) => number {
  const outside = steps
    .flatMap((step) => [...step.validation, ...step.rollback].filter(({ start }) => start >= step.end))
    .sort((left, right) => left.start - right.start);
  let last = 0;
  const ends = outside.map(({ end }) => {
    last = Math.max(last, end);
    return last;
  });
  return (offset) => {
    const before = partitionPoint(outside, ({ start }) => start < offset);
    return Math.min(ends[before - 1] ?? 0, offset);
  };
}

function sectionsByStep(sections: readonly SectionDraft[]): ReadonlyMap<StepDraft, readonly SectionDraft[]> {
  const grouped = new Map<StepDraft, SectionDraft[]>();
  for (const section of sections) {
    if (section.boundTo === undefined) continue;
    const group = grouped.get(section.boundTo);
    if (group === undefined) grouped.set(section.boundTo, [section]);
    else group.push(section);
  }
  return grouped;
}

/** Index of the first node that starts at or behind an offset. */
function firstFrom(nodes: readonly Nodes[], offset: number): number {
  return partitionPoint(nodes, (node) => startOf(node) < offset);
}

function saysNothing(node: Nodes | undefined): boolean {
  if (node === undefined || isFrontMatter(node)) return true;
  return (
    node.type === 'heading' ||
    node.type === 'thematicBreak' ||
    node.type === 'definition' ||
    (node.type === 'html' && /^<!--[\s\S]*-->\s*$/.test(node.value))
  );
}

function isSkipped(node: Nodes | undefined, titleStart: number | undefined): boolean {
  return node === undefined || isFrontMatter(node) || startOf(node) === titleStart;
}
