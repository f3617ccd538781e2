// Owns where the lock of a page is, and reading it.
import { lstatSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { errorMessage } from '../../basics/coded-error.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import { emptyLock, type ModuleLock, parseLock } from '../../run/links/module-lock.ts';
import { type FileIdentity, identify } from '../disk/file-identity.ts';
import { nodeFileOperations, readFully } from '../files/file-operations.ts';

const name = 'runsheet.lock';
/** More is none of ours. */
const longestBytes = 4_000_000;

/** A lock, and the file in which it is, or would be. */
export interface LockFile {
  readonly path: string;
  readonly lock: ModuleLock;
  /** What was read, for writing it again; absent where there is none yet. */
  readonly read?: { readonly bytes: Uint8Array; readonly identity: FileIdentity };
}

/**
 * The nearest `runsheet.lock` in the folder of a page or one above it; where there is none, it belongs beside the nearest
 * `runsheet.yaml`, else next to the page. Fails in words where it cannot be read, or is somebody else's.
 */
export function readLockFile(page: string): Result<LockFile, string> {
  const folder = dirname(resolve(page));
  const found = nearest(folder, name, isThere);
  if (found === undefined) {
    const configuration = nearest(folder, 'runsheet.yaml', isFile);
    const beside = configuration === undefined ? folder : dirname(configuration);
    return ok({ path: join(beside, name), lock: emptyLock });
  }
  try {
    // Before it is read: a change in between must be seen when it is written.
    const stat = nodeFileOperations.stat(found);
    if (stat?.isFile() !== true) return fail(`\`${found}\` is no file`);
    // It says which pages are run; in `/tmp`, say, anybody may put one.
    const own = [process.getuid?.(), 0, statSync(page, { throwIfNoEntry: false })?.uid];
    if (process.getuid !== undefined && !own.includes(Number(stat.uid)))
      return fail(`\`${found}\` belongs to neither you nor the owner of the page`);
    if (stat.size > BigInt(longestBytes)) return fail(`\`${found}\` is larger than 4 MB`);
    const bytes = readFully(nodeFileOperations, found);
    const lock = parseLock(new TextDecoder().decode(bytes));
    return lock.ok
      ? ok({ path: found, lock: lock.value, read: { bytes, identity: identify(stat, bytes) } })
      : fail(`\`${found}\`: ${lock.error}`);
  } catch (error) {
    return fail(`cannot read \`${found}\`: ${errorMessage(error, found)}`);
  }
}

function nearest(folder: string, file: string, isWanted: (path: string) => boolean): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const path = join(at, file);
    if (isWanted(path)) return path;
    if (dirname(at) === at) return undefined;
  }
}

/** A link that leads to nothing is no absent lock: somebody has meant something by it. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    return false;
  }
}
