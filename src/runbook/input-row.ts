// Owns what a table of a document says of a value.

/** What a table of the document says of a value that is to be filled in. */
export interface InputRow {
  /** As the variable of a placeholder, `NAMESPACE`. */
  readonly name: string;
  readonly description?: string;
  readonly value?: string;
}
