// Owns what the commands of code may be, and the form in which it is told that one may be another.

/** What the commands of code may be. */
export interface AllowedCommands {
  /** Whether something of that name is there to be run: a stand-in, an allowed program, a function. */
  readonly isThere: (name: string) => boolean;
  /** Whether it may be run by this path, or be read in as code. */
  readonly isAllowedPath: (path: string) => boolean;
  /** Whether the name is that of a stand-in, which does nothing of its own with its arguments. */
  readonly isStub: (name: string) => boolean;
  /** The value that a variable has wherever the code is run; undefined where that is not known before. */
  readonly fixedValue?: (name: string) => string | undefined;
  /** The value of a variable in the path of a file that is written, as far as it is known. */
  readonly valueInPath?: (name: string) => string | undefined;
  /** Whether a file of this absolute path may be written; none may where this is absent. */
  readonly isOwnFile?: (path: string) => boolean;
}

/** What stands in the way of running code. */
export interface Escape {
  /** `unproven` could be anything; a command that is not there has its name as `why`. */
  readonly type: 'unproven' | 'unknown-command';
  /** In words: "runs `/bin/rm` by its path". */
  readonly why: string;
  /** UTF-16 offset in the code. */
  readonly start: number;
}
