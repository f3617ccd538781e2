// Owns the ways in which a run can end.

export const outcomes = [
  'succeeded',
  'failed',
  'rolled-back',
  'rollback-failed',
  'precondition-failed',
  'stopped',
] as const;

/** How a run ended. */
export type Outcome = (typeof outcomes)[number];
