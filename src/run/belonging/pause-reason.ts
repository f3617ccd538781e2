// Owns the reasons for which a run rests.

/** Why a run came to rest before its end. */
export type PauseReason =
  | 'operator'
  | 'drained' // its server or worker ends, and the next one goes on with it
  | 'manual-step' // also a block that is handed the terminal, with nobody there
  | 'approval'
  | 'confirmation'
  | 'in-doubt'
  | 'doubtful' // it is likely that an item is no part of the run
  | 'failure'
  | 'interrupt'
  | 'hangup'
  | 'terminate'
  | 'changed' // its runbook has, in what has not run yet
  | 'document'
  | 'journal';
