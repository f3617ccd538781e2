// Owns the doubt that a page nowhere says which of its headings with code are steps.
import { span } from '../../text/span.ts';
import type { WrittenBlocks } from '../content/read-blocks.ts';
import type { DoubtsAt } from '../doubts/doubts-at.ts';
import { makeDoubt } from '../doubts/make-doubt.ts';
import type { Heading, Outline } from '../headings/outline.ts';
import type { Structure } from '../steps/build-steps.ts';
import type { StepDraft } from '../steps/step-draft.ts';

/** A text, and the way from places in it to the bytes of its file. */
interface PlacedText {
  readonly text: string;
  readonly toByteOffset: (offset: number) => number;
}

/** So few headings with code can be nothing but the steps of a small page. */
const fewHeadings = 2;

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
  { headings }: Outline,
  written: WrittenBlocks,
  { text, toByteOffset }: PlacedText,
): DoubtsAt {
  const ofWork = steps.filter(({ section, aside }) => section === 'steps' && aside === undefined);
  const free = new Map<StepDraft, Heading | undefined>();
  for (const step of ofWork) {
    const around = headings.findLast(({ start, end }) => start <= step.start && step.start < end);
    const isFree = around === undefined || (rules.areaOf(around) === 'free' && !isCounted(around));
    if (step.rule === 'code-heading' || step.rule === 'code-block') free.set(step, around);
    else if (step.rule === 'list-item' && isFree) free.set(step, around);
  }
  const unmarked = [...free.keys()].filter(holdsRunnable);
  const [first] = unmarked;
  if (first === undefined || isMadeToRun()) return () => [];
  const places = new Set(unmarked.map((step) => free.get(step)));
  const lists = new Set(unmarked.filter(({ rule }) => rule === 'list-item').map((step) => free.get(step)));
  const isAll = free.size === ofWork.length;
  if (isAll && places.size <= fewHeadings && lists.size < 2) return () => [];
  const [start, end] = placeOfHeading(free.get(first)) ?? first.heading ?? [first.start, first.start];
  const others = places.size - 1;
  const doubt = makeDoubt('unmarked', span(toByteOffset(start), toByteOffset(end)), {
    text:
      others === 0
        ? 'nothing says that what stands below this heading is a step'
        : `nothing says that this heading and ${others} more are the steps of one procedure`,
  });
  const starts = new Set((isAll ? allOf(steps) : unmarked).map((step) => step.start));
  return (at) => (starts.has(at) ? [doubt] : []);

  function isCounted(heading: Heading): boolean {
    return headings.some(
      (around) =>
        around.start <= heading.start && heading.start < around.end && rules.labelOf(around) !== undefined,
    );
  }

  function isMadeToRun(): boolean {
    const hasAttributes = (attributes: object) => Object.keys(attributes).length > 0;
    return (
      headings.some(({ attributes }) => hasAttributes(attributes)) ||
      [...written.blocks.values()].some(({ attributes }) => hasAttributes(attributes)) ||
      madeToRun.test(text)
    );
  }
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
