// Owns the doubt that a page nowhere says which of its headings with code are steps.
import { partitionPoint } from '../../basics/partition-point.ts';
import { span } from '../../text/span.ts';
import type { WrittenBlocks } from '../content/read-blocks.ts';
import type { DoubtsAt } from '../doubts/doubts-at.ts';
import { makeDoubt } from '../doubts/make-doubt.ts';
import type { PlacedText } from '../doubts/placed-text.ts';
import type { HeadingRules } from '../headings/heading-rules.ts';
import type { Heading, Outline } from '../headings/outline.ts';
import type { StepRule } from '../runbook.ts';
import type { Structure } from '../steps/build-steps.ts';
import type { StepDraft } from '../steps/step-draft.ts';

/** So few headings with code can be nothing but the steps of a small page. */
const fewHeadings = 2;

/** A list below a heading that nothing marks is a procedure, and so is the list below the next one. */
const unmarkedRules: ReadonlySet<StepRule> = new Set(['code-heading', 'code-block', 'list-item']);

/** What pages that are made to be run say of themselves: Innovation Engine's and Runme's. */
const madeToRun =
  /^---\n(?:.*\n)*?(?:.*\binnovation-engine\b|runme:)|<!--\s*expected_similarity|^ *(?:`{3,}|~{3,})[^\n`]*\{\s*"(?:id|name)"/m;

/**
 * The same doubt for all steps that are steps only because code stands below their heading, or in one of several lists:
 * in manuals and tours of a thing, that is as often an example, an option, or a procedure of its own as it is the next
 * thing to do. Where a page has no other steps, what it checks is in doubt with them.
 */
export function doubtsOfUnmarked(
  { steps, rules }: Structure,
  { headings, document }: Outline,
  written: WrittenBlocks,
  { text, toByteOffset }: PlacedText,
): DoubtsAt {
  const ofWork = steps.filter(({ section, aside }) => section === 'steps' && aside === undefined);
  const chapters = findChapters(document, rules);
  const counted = countedHeadings(headings, rules, chapters);
  const free = new Map<StepDraft, Heading | undefined>();
  for (const step of ofWork) {
    const around = headings[lastFrom(headings, step.start)];
    const isFree =
      around === undefined ||
      (rules.areaOf(around) === 'free' && rules.matchOf(around) === undefined && !counted.has(around));
    const isUnmarked = unmarkedRules.has(step.rule) || (around !== undefined && chapters.has(around));
    if (isFree && isUnmarked) free.set(step, around);
  }
  const unmarked = [...free.keys()].filter(holdsRunnable);
  const [first] = unmarked;
  if (first === undefined || isMadeToRun()) return () => [];
  const places = new Set(unmarked.map((step) => free.get(step)));
  const lists = new Set(unmarked.filter(({ rule }) => rule === 'list-item').map((step) => free.get(step)));
  const isAll = free.size === ofWork.length;
  const isSmall =
    places.size <= fewHeadings && countIdle(headings, rules) <= places.size && !areProcedures([...places]);
  if (isAll && isSmall && lists.size < 2) return () => [];
  const [start, end] = placeOfHeading(free.get(first)) ?? first.heading ?? [first.start, first.start];
  const others = places.size - 1;
  const doubt = makeDoubt('unmarked', span(toByteOffset(start), toByteOffset(end)), {
    text:
      others === 0
        ? 'nothing says that what is below this heading is a step'
        : `nothing says that this heading and ${others} more are the steps of one procedure`,
  });
  const starts = new Set((isAll ? allOf(steps) : unmarked).map((step) => step.start));
  return (at) => (starts.has(at) ? [doubt] : []);

  function isMadeToRun(): boolean {
    const hasAttributes = (attributes: object) => Object.keys(attributes).length > 0;
    return (
      headings.some(({ attributes }) => hasAttributes(attributes)) ||
      [...written.blocks.values()].some(({ attributes }) => hasAttributes(attributes)) ||
      madeToRun.test(text)
    );
  }
}

/** Whether one of several headings says how to do something: each is a procedure of its own. */
function areProcedures(places: readonly (Heading | undefined)[]): boolean {
  return (
    places.length > 1 && places.some((place) => /^\W*how (?:to|do (?:i|we|you)) /i.test(place?.title ?? ''))
  );
}

/**
 * Headings whose numbers are those of chapters: most of those beside them, and with such numbers, have nothing to do
 * below them, as the chapters of a manual do.
 */
function findChapters(document: Heading, rules: HeadingRules): ReadonlySet<Heading> {
  const found = new Set<Heading>();
  const visit = (parent: Heading): void => {
    const numbered = parent.children.filter((child) => rules.labelOf(child) === 'numbered-heading');
    const idle = numbered.filter((child) => !isBusy(child, rules));
    if (idle.length * 2 > numbered.length) for (const child of numbered) found.add(child);
    parent.children.forEach(visit);
  };
  visit(document);
  return found;
}

/** How many headings open no section and have nothing to do below them: a page of many of these is read, not followed. */
function countIdle(headings: readonly Heading[], rules: HeadingRules): number {
  return headings.filter(
    (heading) =>
      heading !== rules.titleHeading &&
      rules.areaOf(heading) === 'free' &&
      rules.matchOf(heading) === undefined &&
      !isBusy(heading, rules),
  ).length;
}

function isBusy(heading: Heading, rules: HeadingRules): boolean {
  return rules.hasWork(heading.content) || heading.children.some((child) => isBusy(child, rules));
}

/** "Phase 2: upgrade the brokers" comes behind "Phase 1", whatever steps are in it. */
const phase =
  /^\W*(?:phase|stage|фаза|этап|etapa|étape|fase|阶段|フェーズ)\s*(?:\d+|[ivx]+)(?![\p{L}\p{N}])/iu;

/** Those that are counted, as "Step 2" is, and all below them. */
function countedHeadings(
  headings: readonly Heading[],
  rules: HeadingRules,
  chapters: ReadonlySet<Heading>,
): ReadonlySet<Heading> {
  const counted = new Set<Heading>();
  let until = 0;
  for (const heading of headings) {
    const isCounted = rules.labelOf(heading) !== undefined || phase.test(heading.title);
    if (isCounted && !chapters.has(heading)) until = Math.max(until, heading.end);
    if (heading.start < until) counted.add(heading);
  }
  return counted;
}

/** The index of the last heading that begins at an offset or before it; -1 where there is none. */
function lastFrom(headings: readonly Heading[], offset: number): number {
  return partitionPoint(headings, ({ start }) => start <= offset) - 1;
}

function placeOfHeading(heading: Heading | undefined): readonly [start: number, end: number] | undefined {
  return heading && [heading.start, heading.headingEnd];
}

/** What a run comes to by itself and can run. */
function allOf(steps: readonly StepDraft[]): readonly StepDraft[] {
  const all = steps.flatMap((step) => [step, ...step.validation]);
  return all.filter((step) => step.section !== 'rollback' && step.aside === undefined && holdsRunnable(step));
}

function holdsRunnable({ parts }: StepDraft): boolean {
  return parts.some((part) => part.type === 'block' && part.block.runnable);
}
