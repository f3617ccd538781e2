// Owns the shape of a placeholder that was found in code.
/** A place in code to be filled in, in UTF-16 offsets of the code. */
export interface FoundPlaceholder {
  /** As written, markers included. */
  readonly text: string;
  /** The name of the environment variable that stands for it. */
  readonly variable: string;
  readonly start: number;
  readonly end: number;
}
