// Owns the form in which it is told what is wrong with the record of a run.

/** One thing that is not as it was recorded, or that cannot be known. */
export interface RecordFlaw {
  /** `damage` where something was changed, or is gone; `note` where a process that was killed leaves the same. */
  readonly type: 'damage' | 'note';
  /** In words, without a full stop. */
  readonly text: string;
}

export const damage = (text: string): RecordFlaw => ({ type: 'damage', text });
export const note = (text: string): RecordFlaw => ({ type: 'note', text });
