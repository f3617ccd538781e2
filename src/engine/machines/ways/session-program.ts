// Owns what a session is opened by.

/** A program to start, with its whole environment. */
export interface SessionProgram {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** In a session of its own it has no terminal to ask at, and Ctrl-C does not reach it. */
  readonly detached: boolean;
}
