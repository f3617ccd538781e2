// Owns which page of a library that is a repository a run was of, whichever commit of it was run.
import { existsSync } from 'node:fs';

/** The path of a page without the commit that it was taken from; others as they are. */
export function pageOfCommit(path: string): string {
  return path.replace(/(\/library\/[0-9a-f]{16})\/(?:[0-9a-f]{40}|[0-9a-f]{64})(?=\/)/, '$1');
}

/** Where the newest of these pages lies, beside whose configuration it is; commits that no run needs are gone. */
export function newestThere(paths: readonly string[]): string | undefined {
  return paths.find(existsSync);
}
