// Owns what is kept of a session in an author's own shell.

/** A file as it was before and after an editor; absent content: there was no file, or it could not be read. */
export interface EditedFile {
  /** As it was typed. */
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

/** A command line that was run. */
export interface CommandEntry {
  readonly kind: 'command';
  /** As it was typed, an alias put in for what it stands for; values of secrets are written as their variables. */
  readonly code: string;
  /** Where it was run. */
  readonly folder: string;
  /** Absent where the session ended before the command did. */
  readonly exit?: number;
  readonly milliseconds?: number;
  /** What it printed, as lines; secrets masked. */
  readonly output: readonly string[];
  /** It took the whole screen. */
  readonly isFullScreen?: true;
  readonly edited?: readonly EditedFile[];
  /** Its first word is a function of the author's own start-up files. */
  readonly isOwnFunction?: true;
  /** Secrets whose value it gives. */
  readonly secrets?: readonly string[];
  /** What is to stand behind its fence: it was run as a block of a page that says so. */
  readonly info?: string;
}

/** A line that was typed for the page, without its `#`. */
export interface NoteEntry {
  readonly kind: 'note';
  readonly text: string;
}

/** One thing that happened in a session, in the order in which it did. */
export type SessionEntry = CommandEntry | NoteEntry;
