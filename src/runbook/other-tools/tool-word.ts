// Owns the form in which a tool's words are listed.

/** What a word of another tool comes to here. */
export interface ToolWord {
  readonly word: string;
  /** `read` means the same here, `as` is read as something else, `no` is not read. */
  readonly reading: 'read' | 'as' | 'no';
  /** What it is read as, or why it is not read. */
  readonly note: string;
}
