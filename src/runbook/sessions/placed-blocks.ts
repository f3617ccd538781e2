// Owns the blocks of a page that may be meant for another place than this machine.
import type { PartDraft } from '../content/part-draft.ts';
import { startOf } from '../markdown/parse-structure.ts';
import type { SectionKind } from '../runbook.ts';
import type { StepDraft } from '../steps/step-draft.ts';

export type BlockPart = Extract<PartDraft, { readonly type: 'block' }>;

/** A block that runs, with the section it stands in. */
export interface PlacedBlock {
  readonly part: BlockPart;
  readonly section: SectionKind;
}

/** Blocks that run, in the order of the page; what undoes is for another time. */
export function placedBlocks(steps: readonly StepDraft[]): readonly PlacedBlock[] {
  const blocks = steps
    .filter(({ section }) => section !== 'rollback')
    .flatMap((step): readonly PlacedBlock[] => [
      ...step.parts.flatMap((part) =>
        part.type === 'block' && part.block.runnable ? [{ part, section: step.section }] : [],
      ),
      ...placedBlocks(step.validation),
    ]);
  return blocks.sort((left, right) => startOf(left.part.written.node) - startOf(right.part.written.node));
}

/** The block itself says where it runs, or that a person works in it. */
export function saysWhere({ block: { attributes } }: BlockPart): boolean {
  const { hosts, hostsFrom, user, interactive, run } = attributes;
  const isElsewhere = hosts !== undefined || hostsFrom !== undefined || user !== undefined;
  return isElsewhere || interactive === true || run === true;
}

/** A shell would run it here. */
export function isShell({ written: { known, language } }: BlockPart): boolean {
  return known === undefined ? language === undefined : known.family === 'shell';
}
