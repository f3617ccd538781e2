// Owns which runs are known to have ended, so that looking for one that has not need not read all that ever were.
import { join } from 'node:path';
import type { RunId } from '../../basics/address.ts';
import {
  type FileOperations,
  removeIfPossible,
  syncFolder,
  systemErrorCode,
} from '../files/file-operations.ts';
import { makeStateFolder } from '../files/write-state-file.ts';

/**
 * An empty file for each run whose summary says that it has ended, named like the run. One that is missing costs a look at
 * the summary and nothing else: it is made after the summary, and gone from the device before a summary says
 * otherwise.
 */
export class EndedRuns {
  readonly #folder: string;
  readonly #files: FileOperations;

  constructor(stateFolder: string, files: FileOperations) {
    this.#folder = join(stateFolder, 'ended');
    this.#files = files;
  }

  /** The ids of those that are known. */
  known(): ReadonlySet<string> {
    try {
      return new Set(this.#files.list(this.#folder));
    } catch (error) {
      if (systemErrorCode(error) === undefined) throw error;
      return new Set();
    }
  }

  /** Remembers a run whose summary says that it has ended; where that is refused, it is looked at again. */
  add(id: RunId): void {
    try {
      makeStateFolder(this.#folder);
      this.#files.close(this.#files.open(join(this.#folder, id), 'wx', 0o600));
    } catch (error) {
      if (systemErrorCode(error) === undefined) throw error;
    }
  }

  /** Forgets a run before its summary says that it goes on; throws the system's errors, since it must be so. */
  remove(id: RunId): void {
    try {
      this.#files.remove(join(this.#folder, id));
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return;
      throw error;
    }
    syncFolder(this.#files, this.#folder);
  }

  /** Forgets what is left of runs that nobody keeps any more. */
  tidy(left: readonly string[]): void {
    for (const id of left) removeIfPossible(this.#files, join(this.#folder, id));
  }
}
