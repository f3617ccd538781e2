// Owns where the lock of a page is, and reading it.
import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { errorMessage } from '../../basics/coded-error.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import { emptyLock, type ModuleLock, parseLock } from '../../run/links/module-lock.ts';

const name = 'runsheet.lock';
/** More is none of ours. */
const longestBytes = 4_000_000;

/** A lock, and the file in which it is, or would be. */
export interface LockFile {
  readonly path: string;
  readonly exists: boolean;
  readonly lock: ModuleLock;
}

/**
 * The nearest `runsheet.lock` in the folder of a page or one above it; where there is none, it belongs beside the nearest
 * `runsheet.yaml`, else next to the page. Fails in words where it cannot be read, or is somebody else's.
 */
export function readLockFile(page: string): Result<LockFile, string> {
  const folder = dirname(resolve(page));
  const found = nearest(folder, name);
  if (found === undefined) {
    const configuration = nearest(folder, 'runsheet.yaml');
    const beside = configuration === undefined ? folder : dirname(configuration);
    return ok({ path: join(beside, name), exists: false, lock: emptyLock });
  }
  try {
    const { uid, size } = statSync(found);
    // It says which pages are run; in `/tmp`, say, anybody may put one.
    const own = [process.getuid?.(), 0, statSync(page, { throwIfNoEntry: false })?.uid];
    if (process.getuid !== undefined && !own.includes(uid))
      return fail(`\`${found}\` belongs to neither you nor the owner of the page`);
    if (size > longestBytes) return fail(`\`${found}\` is larger than 4 MB`);
    const lock = parseLock(readFileSync(found, 'utf8'));
    return lock.ok
      ? ok({ path: found, exists: true, lock: lock.value })
      : fail(`\`${found}\`: ${lock.error}`);
  } catch (error) {
    return fail(`cannot read \`${found}\`: ${errorMessage(error)}`);
  }
}

function nearest(folder: string, file: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const path = join(at, file);
    if (isFile(path)) return path;
    if (dirname(at) === at) return undefined;
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    return false;
  }
}
