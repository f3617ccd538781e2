// Owns the replacement of a whole file in one step, or not at all.
import type { BigIntStats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Result } from '../../basics/result.ts';
import { fail, ok } from '../../basics/result.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import {
  type FileOperations,
  nodeFileOperations,
  removeIfPossible,
  syncFolder,
  systemErrorCode,
  writeFully,
} from '../files/file-operations.ts';
import { lifeOf, ownIdentity } from '../processes/process-identity.ts';
import { diskDiagnostic } from './disk-diagnostic.ts';
import type { FileIdentity } from './file-identity.ts';
import { identify, isSameVersion, isUnchanged } from './file-identity.ts';
import { leftoverName, leftoverPattern } from './leftover-name.ts';
import { writeInPlace } from './write-in-place.ts';

export interface ReplacedFile {
  readonly identity: FileIdentity;
  /** Other names that the former file had (hard links); they keep the former content. */
  readonly otherNames: number;
}

/**
 * Replaces the content of the file at `path` if it still is `expected` (`absent`: if there is none, which is
 * checked by the system in one step). Readers see the old content or the new, also after a power cut, unless the file
 * is somebody else's: then it is written in place, as `writeInPlace` does. Mode and owner are kept; a symbolic link
 * stays one. Access lists and extended attributes are not carried over. The
 * diagnostic's code is `file-changed` when somebody else has written.
 */
export async function replaceFile(
  path: string,
  bytes: Uint8Array,
  expected: FileIdentity | 'absent',
  files: FileOperations = nodeFileOperations,
): Promise<Result<ReplacedFile, Diagnostic>> {
  try {
    return await replace(path, bytes, expected, files);
  } catch (error) {
    return fail(diskDiagnostic(`cannot write \`${path}\``, error));
  }
}

async function replace(
  path: string,
  bytes: Uint8Array,
  expected: FileIdentity | 'absent',
  files: FileOperations,
): Promise<Result<ReplacedFile, Diagnostic>> {
  const target = expected === 'absent' ? path : files.realPath(path);
  const former = files.stat(target);
  if (expected === 'absent') {
    if (former !== undefined) return fail(changed(path));
  } else {
    if (former === undefined || !isUnchanged(files, target, expected)) return fail(changed(path));
    // The rename would succeed, yet whoever took the write permission away meant it; so too for root.
    if ((former.mode & 0o222n) === 0n) return fail(readOnly(path));
  }

  const temporary = join(dirname(target), leftoverName(basename(target), 'tmp'));
  let isInPlace = false;
  const descriptor = files.open(temporary, 'wx', former === undefined ? 0o644 : 0o600);
  try {
    try {
      writeFully(files, descriptor, bytes, 0);
      if (former !== undefined) {
        if (!keepOwner(files, temporary, descriptor, former))
          return inPlaceOf(path, target, bytes, expected, files);
        files.setMode(descriptor, Number(former.mode & 0o7777n));
      }
      await files.syncAllLater(descriptor);
    } finally {
      files.close(descriptor);
    }
    const written = files.stat(temporary);
    if (written === undefined) return fail(changed(path));

    if (expected === 'absent') {
      isInPlace = putInPlace(files, temporary, target) === 'renamed';
    } else {
      // Nothing may come between this look and the rename: both are synchronous.
      const now = files.stat(target);
      if (now === undefined || former === undefined || !isSameVersion(now, former))
        return fail(changed(path));
      files.rename(temporary, target);
      isInPlace = true;
    }
    syncNames(files, dirname(target));
    return ok({
      identity: identify(written, bytes),
      otherNames: former === undefined ? 0 : Math.max(0, Number(former.nlink) - 1),
    });
  } catch (error) {
    if (expected === 'absent' && systemErrorCode(error) === 'EEXIST') return fail(changed(path));
    throw error;
  } finally {
    if (!isInPlace) removeIfPossible(files, temporary);
  }
}

/** Links, which fails where something is by now; some file systems have no links, and are then renamed on. */
function putInPlace(files: FileOperations, temporary: string, target: string): 'linked' | 'renamed' {
  try {
    files.link(temporary, target);
    return 'linked';
  } catch (error) {
    const code = systemErrorCode(error) ?? '';
    const hasNoLinks = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(code);
    if (!hasNoLinks || files.stat(target) !== undefined) throw error;
    files.rename(temporary, target);
    return 'renamed';
  }
}

/** Gives the new file the owner of the former one; false where the system does not allow that. */
function keepOwner(
  files: FileOperations,
  temporary: string,
  descriptor: number,
  former: BigIntStats,
): boolean {
  const made = files.stat(temporary);
  if (made !== undefined && made.uid === former.uid && made.gid === former.gid) return true;
  try {
    files.setOwner(descriptor, Number(former.uid), Number(former.gid));
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'EPERM') return false;
    throw error;
  }
}

/** Some file systems cannot sync a folder, and some folders may be written but not read. */
function syncNames(files: FileOperations, folder: string): void {
  try {
    syncFolder(files, folder);
  } catch (error) {
    const code = systemErrorCode(error) ?? '';
    if (!['EINVAL', 'ENOTSUP', 'EPERM', 'EACCES', 'EISDIR'].includes(code)) throw error;
  }
}

function changed(path: string): Diagnostic {
  return {
    code: 'file-changed',
    severity: 'error',
    message: `\`${path}\` was changed by somebody else meanwhile`,
    help: 'nothing was overwritten',
  };
}

function readOnly(path: string): Diagnostic {
  return {
    code: 'file-read-only',
    severity: 'error',
    message: `cannot write \`${path}\`: the file is read-only`,
    help: 'run with `--log copy` to write the results to a copy in `runs/` instead',
  };
}

/** Only its owner could replace it: where it may be written, as in a checkout of a group, its bytes are. */
function inPlaceOf(
  path: string,
  target: string,
  bytes: Uint8Array,
  expected: FileIdentity | 'absent',
  files: FileOperations,
): Result<ReplacedFile, Diagnostic> {
  if (expected === 'absent' || !writeInPlace(target, bytes, expected, files)) return fail(changed(path));
  const written = files.stat(target);
  if (written === undefined) return fail(changed(path));
  return ok({ identity: identify(written, bytes), otherNames: 0 });
}

/** Removes what writers that were killed have left beside `path`; a living writer's file stays. */
export function removeLeftovers(path: string, files: FileOperations = nodeFileOperations): void {
  try {
    const target = files.realPath(path);
    const pattern = leftoverPattern(basename(target), 'tmp');
    for (const name of files.list(dirname(target))) {
      const found = pattern.exec(name);
      if (found?.[1] === undefined) continue;
      const writer = { ...ownIdentity(), pid: Number(found[1]), startedAt: '' };
      if (lifeOf(writer) === 'dead') removeIfPossible(files, join(dirname(target), name));
    }
  } catch {
    // Tidying up after others is not worth a message; the write that follows says what is wrong.
  }
}
