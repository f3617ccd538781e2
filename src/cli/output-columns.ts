// Owns how wide what is printed may be.

/** Columns of the terminal that standard output is; undefined where it is none, and lines may have any length. */
export function outputColumns(): number | undefined {
  return process.stdout.isTTY ? process.stdout.columns : undefined;
}
