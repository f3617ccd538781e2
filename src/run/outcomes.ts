// Owns the ways in which a run can end.

export const outcomes = [
  'succeeded',
  /** A rehearsal came to its end: what only looks was run and is well, what changes something was left out. */
  'rehearsed',
  'failed',
  'rolled-back',
  'rollback-failed',
  'precondition-failed',
  'stopped',
] as const;

/** How a run ended. */
export type Outcome = (typeof outcomes)[number];

/** Whether a run ended as its runbook means it to. */
export function isGoodEnd(outcome: Outcome | undefined): boolean {
  return outcome === 'succeeded' || outcome === 'rehearsed';
}
