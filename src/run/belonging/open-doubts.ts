// Owns which doubts about an item nobody has settled.
import type { PlanItem, PlannedDoubt } from '../plan.ts';
import type { RunOptions } from '../run-options.ts';

/** The doubts about an item that neither its page nor the command line accepts. */
export function openDoubts(
  { doubts = [] }: Pick<PlanItem, 'doubts'>,
  { accept = [] }: Pick<RunOptions, 'accept'>,
): readonly PlannedDoubt[] {
  return doubts.filter(
    ({ code, accepted, choice }) =>
      accepted !== true && (choice?.isWritten === true || !accept.includes(code)),
  );
}

/** Codes of doubts, each once, in their order. */
export function codesOf(doubts: readonly PlannedDoubt[]): readonly string[] {
  return [...new Set(doubts.map(({ code }) => code))];
}
