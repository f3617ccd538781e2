// Owns the shape of a way on its way to the model.

/** One of several ways. */
export interface BranchDraft {
  readonly name: string;
  readonly title: string;
  /** Its heading or label. */
  readonly label: readonly [start: number, end: number];
  /** What belongs to it, the ends left out. */
  readonly ranges: readonly (readonly [start: number, end: number])[];
}
