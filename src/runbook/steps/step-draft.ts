// Owns the shape of a step on its way to the model, before names are given.
import type { PartDraft } from '../content/part-draft.ts';
import type { Doubt } from '../doubts/doubt.ts';
import type { Attributes, SectionKind, StepRule } from '../runbook.ts';

/** A step without its name; offsets are UTF-16. */
export interface StepDraft {
  readonly title: string;
  /** The slug of its heading, which is its name unless the author gives another; absent for other steps. */
  readonly slug?: string;
  readonly section: SectionKind;
  readonly rule: StepRule;
  readonly depth: number;
  readonly start: number;
  readonly end: number;
  readonly heading?: readonly [start: number, end: number];
  readonly attributes: Attributes;
  readonly parts: readonly PartDraft[];
  readonly doubts?: readonly Doubt[];
  readonly validation: StepDraft[];
  readonly rollback: StepDraft[];
  readonly manual: boolean;
  /** No run comes to it by itself: it stands in context, in an example, or among problems. */
  readonly aside?: true;
  /** Set for a manual list item: what its further lines start with. */
  readonly containerPrefix?: string;
}

/** Sections whose prose asks for something, so that a step without code is a person's. */
export const actingSections: ReadonlySet<SectionKind> = new Set([
  'preconditions',
  'steps',
  'validation',
  'rollback',
]);

/** True for the parts that a run does something with, and that therefore have an address of their own. */
export function isActive(part: PartDraft): boolean {
  return part.type === 'block' ? part.block.runnable : part.type !== 'prose';
}
