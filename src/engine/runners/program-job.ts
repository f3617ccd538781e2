// Owns what a block is given that a program runs which is no shell.

/** A block for an interpreter or a database client. */
export interface ProgramJob {
  readonly code: string;
  /** File name without its extension, where the code goes to a file. */
  readonly name: string;
  /** A folder of its own for such a file; it is made and removed. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Descriptors that become stdout and stderr. They are left open. */
  readonly writers: readonly [number, number];
  /** Told the process, which leads a process group of its own. */
  readonly onStarted: (pid: number) => void;
}

/** A process could not be started; the text says why. */
export interface StartFailure {
  readonly startFailure: string;
}
