// Owns what a block says of the file that it writes.

/** A regular expression as it is written; it is matched with one line at a time, its line end left out. */
export interface LinePattern {
  readonly source: string;
  readonly flags: string;
}

/** Where in its file the text of a block goes; `set` takes the place of the one line that matches. */
export type FilePlace =
  | { readonly type: 'start' | 'end' }
  | { readonly type: 'after' | 'before' | 'set'; readonly line: LinePattern };

/** A file that a block writes: all of it, or a piece of it. */
export interface FileStep {
  /** As written; `~` and variables are put in where the file is. */
  readonly path: string;
  /** Absent where the block is the whole of the file. */
  readonly place?: FilePlace;
  /** Permissions, from 0 to 0o7777; those that the file has, or that a new one gets, where absent. */
  readonly mode?: number;
  /** `user`, `user:group` or `:group`; whose the file is, or who writes it, where absent. */
  readonly owner?: string;
  /** A command that must pass on the new file, whose path is `$FILE`, before it takes the place of the old one. */
  readonly validate?: string;
}

/** The attributes of a block that is the content of a file, by the names that they have among all attributes. */
export interface FileAttributes {
  readonly file?: string;
  readonly insert?: FilePlace;
  readonly set?: FilePlace;
  readonly mode?: number;
  readonly fileOwner?: string;
  readonly validate?: string;
}
