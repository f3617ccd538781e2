// Owns the form of what a page sets beside its text.

/** A part of a document that its form sets beside the text, in UTF-16 offsets, from its first line to its end. */
export interface Beside {
  readonly start: number;
  readonly end: number;
  /** What a reader sees of it while it is folded, or the heading of a quote; absent for a note. */
  readonly summary?: string;
}
