// Owns the words for how a case can have ended: those of a run's end, and of its rest.

/** As the table of exit codes has them. */
export const outcomeWords = [
  'succeeded',
  'failed',
  'rolled-back',
  'precondition-failed',
  'paused',
  'rollback-failed',
  'stopped',
] as const;
