// Owns the text in which doubts are found, with the way back to its file.

/** A text, and the way from places in it to the bytes of its file. */
export interface PlacedText {
  readonly text: string;
  readonly toByteOffset: (offset: number) => number;
}
