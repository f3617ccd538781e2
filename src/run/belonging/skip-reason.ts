// Owns why items are not run.

/** Why an item was not run. */
export type SkipReason =
  | 'condition'
  | 'operator'
  | 'policy'
  | 'manual-policy'
  | 'rehearsal'
  | 'dry-run'
  | 'superseded'
  | 'no-gate' // a precondition that held, and does not since the run itself has changed things
  | 'not-chosen'
  | 'nothing-changed' // a handler none of whose blocks has changed anything
  | 'nothing-to-undo' // an undo whose step was not begun on any of its hosts, or with any of its items
  | 'no-items' // its list is empty
  | 'no-items-left'; // all have failed at a block before it
