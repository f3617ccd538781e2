// Owns which doubts about an item nobody has settled.
import type { PlanItem, PlannedDoubt } from '../plan.ts';
import type { RunOptions } from '../run-options.ts';

/** The doubts about an item that neither its page nor the command line accepts. */
export function openDoubts(
  { doubts = [], address, step, validates }: Pick<PlanItem, 'doubts' | 'address' | 'step' | 'validates'>,
  { accept = [], selection }: Pick<RunOptions, 'accept'> & Partial<Pick<RunOptions, 'selection'>>,
): readonly PlannedDoubt[] {
  // Who names one of several procedures, or what is for a certain case, has said that it is meant.
  const isNamed = selection?.steps.some((name) => name === address || name === step || name === validates);
  return doubts.filter(
    ({ code, accepted, choice, ofHeading }) =>
      accepted !== true &&
      (choice?.isWritten === true || !accept.includes(code)) &&
      !(isNamed && (code === 'other-procedure' || ofHeading === true)),
  );
}

/** Codes of doubts, each once, in their order. */
export function codesOf(doubts: readonly PlannedDoubt[]): readonly string[] {
  return [...new Set(doubts.map(({ code }) => code))];
}
