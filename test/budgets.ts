// Owns how long tests wait before something counts as hung. Each time is one that was measured on two cores that did
// nothing else, in milliseconds, times a generous factor: a machine that is busy takes several times as long.

/** For a whole test, by its kind: twenty times the longest of them. */
export const testMs = {
  /** Pure code, and most laws that are tried with generated values. */
  pure: 20 * 5_000,
  /** Real files, processes and terminals. */
  machine: 20 * 5_000,
  /** Whole runs of the built tool, some of them with servers. */
  session: 20 * 13_000,
  /** A run of the tool for each place at which something can fail. */
  fault: 20 * 15_000,
} as const;

/** For one thing inside a test, so that what fails says what it waited for. */
export const waitMs = {
  /** The end of a process: the longest run of the tool takes six seconds. */
  process: 20 * 6_000,
  /** A screen, a file or the end of a process that was killed: most come within a second. */
  change: 40 * 1_000,
  /** A server that starts: PostgreSQL and MariaDB take up to two seconds. */
  server: 20 * 2_000,
} as const;
