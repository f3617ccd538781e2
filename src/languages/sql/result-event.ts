// Owns what the output of a database client says, freed of the client's form.

/** `null` is SQL's NULL. */
export type SqlValue = string | null;

/** A result is its columns, its rows and its end; text is all else that a client prints. */
export type ResultEvent =
  | { readonly type: 'text'; readonly text: string }
  /** The names are absent where the client does not tell them for an empty result. */
  | { readonly type: 'columns'; readonly names: readonly string[] | undefined }
  | { readonly type: 'row'; readonly values: readonly SqlValue[] }
  | { readonly type: 'end' };

/** Understands one client's output piece by piece; memory is bounded by the longest row. */
export interface ResultReader {
  push(text: string): ResultEvent[];
  /** What remains when the client has ended. */
  end(): ResultEvent[];
}
