// Owns what has changed in the runbook of a run that rests, and waits for somebody to decide on it.
import type { Address } from '../../basics/address.ts';

/** What of a changed runbook the run has still to do, compared with what it was started with. */
export interface UndecidedChange {
  /** Of the runbook as it was found, with all that it links to: what is decided is decided of that text alone. */
  readonly digest: string;
  /** Blocks whose text alone is another. */
  readonly edited: readonly { readonly address: Address; readonly code: string }[];
  /** In words, what is gone, new, moved, or changed in more than its text: with any of it the new text cannot be taken. */
  readonly others: readonly string[];
  /** What differs, for people. */
  readonly lines: readonly string[];
}

/** Whether a run can go on with the new text. */
export function isTakeable({ edited, others }: UndecidedChange): boolean {
  return edited.length > 0 && others.length === 0;
}

/** The run rests until somebody has decided. */
export function undecidedChange(change: UndecidedChange) {
  const changed = [...change.edited.map(({ address }) => `\`${address}\``), ...change.others];
  return {
    type: 'RunPaused' as const,
    reason: 'changed' as const,
    message: `the runbook has changed in what has not run yet: ${changed.join(', ')}`,
    change,
  };
}
