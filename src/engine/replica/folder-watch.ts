// Owns noticing what has changed in the folder of a run since it was looked at last.
import { type Dirent, readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { systemErrorCode } from '../files/file-operations.ts';

/** One file that has changed: grown behind `from`, or another one altogether where that is 0. */
export interface ChangedFile {
  /** In the run's folder. */
  readonly path: string;
  readonly from: number;
  readonly size: number;
}

export interface FolderChanges {
  readonly changed: readonly ChangedFile[];
  /** Files that are no more there. */
  readonly gone: readonly string[];
}

interface Known {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
  /** When it was seen to have changed last. */
  readonly at: number;
}

/** What belongs to one machine: who works on the run, what was left for that process; the journal is kept by its lines. */
const apart = /^(?:journal\.ndjson|lock\.\d+|inbox|\..*|.*\.new)$/;
/** The output of one block, which only grows; small ones of many lie in one file, and are taken out of it at times. */
const ownOutput = /^outputs\/(?!small-)[^/]*\.out$/;
/** All files are looked at so often; in between, those that are new or have changed lately. */
const wholeMs = 2_000;

/** Looks at one folder again and again. Outputs only grow; whatever else has changed is another file. */
export class FolderWatch {
  readonly #folder: string;
  readonly #known = new Map<string, Known>();
  #wholeAt = Number.NEGATIVE_INFINITY;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What blocks that run now have printed; it counts as known once `settle` was called. */
  lookAtOutputs(nowMs: number): FolderChanges & { readonly settle: () => void } {
    return this.#look(nowMs, { isWhole: false, isMeant: (path) => ownOutput.test(path) });
  }

  /** What has changed; it counts as known once `settle` was called. `whole` looks at every file. */
  look(nowMs: number, whole: boolean): FolderChanges & { readonly settle: () => void } {
    return this.#look(nowMs, { isWhole: whole || nowMs - this.#wholeAt >= wholeMs });
  }

  #look(
    nowMs: number,
    { isWhole, isMeant }: { isWhole: boolean; isMeant?: (path: string) => boolean },
  ): FolderChanges & { readonly settle: () => void } {
    const found = new Map<string, Known>();
    const changed: ChangedFile[] = [];
    const seen = new Set<string>();
    for (const path of filesIn(this.#folder, '')) {
      seen.add(path);
      if (isMeant?.(path) === false) continue;
      const known = this.#known.get(path);
      const isQuick = !isWhole && isMeant === undefined;
      if (known !== undefined && isQuick && nowMs - known.at > wholeMs) continue;
      const stats = statOf(join(this.#folder, path));
      if (stats === undefined) continue;
      const { size, mtimeMs, ino } = stats;
      if (known?.size === size && known.mtimeMs === mtimeMs && known.ino === ino) continue;
      const isGrown =
        known !== undefined && path.startsWith('outputs/') && known.ino === ino && size >= known.size;
      found.set(path, { size, mtimeMs, ino, at: nowMs });
      if (!isGrown || size > known.size) changed.push({ path, from: isGrown ? known.size : 0, size });
    }
    // Somebody may be about to put another one there.
    const gone = isMeant ? [] : [...this.#known.keys()].filter((path) => !seen.has(path));
    const settle = (): void => {
      for (const path of gone) this.#known.delete(path);
      for (const [path, known] of found) this.#known.set(path, known);
      if (isWhole) this.#wholeAt = nowMs;
    };
    return { changed, gone, settle };
  }
}

function* filesIn(folder: string, below: string): Iterable<string> {
  let entries: Dirent[];
  try {
    entries = readdirSync(join(folder, below), { withFileTypes: true });
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return;
  }
  for (const entry of entries) {
    if (below === '' && apart.test(entry.name)) continue;
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) yield* filesIn(folder, path);
    else if (entry.isFile()) yield path;
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return undefined;
  }
}
