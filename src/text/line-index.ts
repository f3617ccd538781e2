// Owns the way from byte offsets to lines and columns; knows nothing of why somebody asks.

/** A place as editors show it: both one-based, the column counted in characters (code points). */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface LineIndex {
  readonly lineCount: number;
  /** Where a byte offset stands; an offset past the end is the end. */
  placeOf(byteOffset: number): Place;
  /** Byte offset of the start of a one-based line. */
  startOfLine(line: number): number;
  /** Text of a one-based line without its newline. */
  textOfLine(line: number): string;
}
