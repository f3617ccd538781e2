// Owns how a run that came from another machine takes its place among the runs of this one, whole or not at all.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type RunId, runId } from '../../basics/address.ts';
import { type FileOperations, syncFolder, systemErrorCode } from '../files/file-operations.ts';
import { makeSharedFolder, makeStateFolder } from '../files/write-state-file.ts';
import { type LockHolder, takeLock } from '../processes/process-lock.ts';
import { type RunFolder, runFolder } from './run-folder.ts';

/** What becomes of a run that is to be put in place; a refusal leaves everything as it was. */
export interface Adoption<Refusal> {
  /** Why it may not be put where it is to be, after a look at what is there; asked once more right before it is. */
  readonly refuse: (folder: RunFolder) => Refusal | undefined;
  /** Why not, where another process works there. */
  readonly busy: (holder: LockHolder) => Refusal;
  /** Makes it whole and lasting in an empty folder beside, unless there is something to say against it. */
  readonly fill: (draft: RunFolder) => Promise<Refusal | undefined>;
}

/** Where runs are, and whose lock says that one is being put among them. */
export interface AdoptionPlace {
  readonly runs: string;
  readonly lock: string;
  readonly files: FileOperations;
  /** Called while no form of the run is there of which anything could be noted. */
  readonly forget: () => void;
}

const drafts = '.taken-';
const replaced = '.old-';

/**
 * Puts a run in place; gives the refusal, undefined where it is there. An earlier form of it goes last, and is back where
 * a crash came between. One process at a time does so. Throws the system's errors.
 */
export async function adoptRun<Refusal>(
  place: AdoptionPlace,
  id: RunId,
  { refuse, busy, fill }: Adoption<Refusal>,
): Promise<Refusal | undefined> {
  const { runs, files } = place;
  for (const folder of [runs, place.lock]) makeStateFolder(folder);
  makeSharedFolder(runs);
  const turn = takeLock(place.lock, files);
  if (!turn.ok) return busy(turn.holder);
  const draft = runFolder(runs, runId(`${drafts}${id}-${process.pid}`));
  try {
    clearLeft(place);
    const folder = runFolder(runs, id);
    const refusal = refuse(folder);
    if (refusal !== undefined) return refusal;
    files.makeFolder(draft.path, 0o700);
    const flaw = await fill(draft);
    if (flaw !== undefined) return flaw;
    return swap(place, draft, folder, { refuse, busy });
  } finally {
    rmSync(draft.path, { recursive: true, force: true });
    turn.lock.release();
  }
}

/** What a process left that was killed here holds states of shells, and the key to them. */
function clearLeft({ runs, files }: AdoptionPlace): void {
  for (const name of files.list(runs)) {
    const path = join(runs, name);
    if (name.startsWith(drafts)) rmSync(path, { recursive: true, force: true });
    if (!name.startsWith(replaced)) continue;
    // Nobody works in it: whoever has put it aside held its lock, and the lock of all who do.
    const home = join(runs, name.slice(replaced.length));
    if (files.stat(home) === undefined) files.rename(path, home);
    else rmSync(path, { recursive: true, force: true });
  }
  syncFolder(files, runs);
}

function swap<Refusal>(
  { runs, files, forget }: AdoptionPlace,
  draft: RunFolder,
  folder: RunFolder,
  { refuse, busy }: Pick<Adoption<Refusal>, 'refuse' | 'busy'>,
): Refusal | undefined {
  const isThere = files.stat(folder.path) !== undefined;
  const held = isThere ? takeLock(folder.path, files) : undefined;
  if (held?.ok === false) return busy(held.holder);
  const aside = join(runs, `${replaced}${folder.id}`);
  // The lock goes with the folder: its number may be that of somebody who works in the new one by then.
  let isSwapped = false;
  try {
    const refusal = refuse(folder);
    if (refusal !== undefined) return refusal;
    if (isThere) files.rename(folder.path, aside);
    try {
      forget();
      files.rename(draft.path, folder.path);
    } catch (error) {
      if (isThere) files.rename(aside, folder.path);
      // A folder has appeared there, of which nobody knew.
      const code = systemErrorCode(error);
      const late = code === 'ENOTEMPTY' || code === 'EEXIST' ? refuse(folder) : undefined;
      if (late !== undefined) return late;
      throw error;
    }
    isSwapped = true;
    syncFolder(files, runs);
  } finally {
    if (!isSwapped) held?.lock.release();
  }
  rmSync(aside, { recursive: true, force: true });
  return undefined;
}
