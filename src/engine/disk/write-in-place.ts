// Owns writing a file of somebody else's in its place, so that a writer that is killed on the way loses nothing.
import { basename, dirname, join } from 'node:path';
import {
  type FileOperations,
  nodeFileOperations,
  readFully,
  removeIfPossible,
  syncFolder,
  writeFully,
} from '../files/file-operations.ts';
import { lifeOf, ownIdentity } from '../processes/process-identity.ts';
import { digestOf, type FileIdentity } from './file-identity.ts';
import { leftoverName, leftoverPattern } from './leftover-name.ts';

/**
 * Writes `bytes` over the file at `path` if that still is `expected`; false where it is another. Owner, group, mode
 * and other names stay. Both contents are on the device in a file beside it first, which the file's group can read:
 * after a kill or a power cut `mendTornFile` ends what was begun. Readers may see a part of both meanwhile.
 */
export function writeInPlace(
  path: string,
  bytes: Uint8Array,
  expected: FileIdentity,
  files: FileOperations = nodeFileOperations,
): boolean {
  const former = readFully(files, path);
  if (digestOf(former) !== expected.digest) return false;
  // Where it may not be written, nothing is begun.
  const descriptor = files.open(path, 'r+');
  try {
    writeBoth(path, bytes, former, descriptor, files);
  } finally {
    files.close(descriptor);
  }
  return true;
}

function writeBoth(
  path: string,
  bytes: Uint8Array,
  former: Uint8Array,
  descriptor: number,
  files: FileOperations,
): void {
  const beside = join(dirname(path), leftoverName(basename(path), 'both'));
  let isWhole = true;
  try {
    keepBeside(beside, joinContents(bytes, former), Number((files.stat(path)?.mode ?? 0n) & 0o660n), files);
    syncFolder(files, dirname(path));
    isWhole = false;
    try {
      overwrite(files, descriptor, bytes);
    } catch (error) {
      overwrite(files, descriptor, former);
      isWhole = true;
      throw error;
    }
    isWhole = true;
  } finally {
    if (isWhole) removeIfPossible(files, beside);
  }
}

function keepBeside(path: string, bytes: Uint8Array, mode: number, files: FileOperations): void {
  const descriptor = files.open(path, 'wx', 0o660);
  try {
    // The mask of who writes would keep the group out.
    files.setMode(descriptor, mode);
    writeFully(files, descriptor, bytes, 0);
    files.sync(descriptor);
  } finally {
    files.close(descriptor);
  }
}

/**
 * Ends what killed writers have begun: a file that is partly the one content and partly the other becomes the new
 * one. One that somebody has edited since is left as it is, and the contents beside it too.
 */
export function mendTornFile(
  path: string,
  files: FileOperations = nodeFileOperations,
  isGone: (pid: number) => boolean = (pid) => lifeOf({ ...ownIdentity(), pid, startedAt: '' }) === 'dead',
): void {
  try {
    const target = files.realPath(path);
    const pattern = leftoverPattern(basename(target), 'both');
    for (const name of files.list(dirname(target))) {
      const pid = pattern.exec(name)?.[1];
      if (pid === undefined || !isGone(Number(pid))) continue;
      const beside = join(dirname(target), name);
      const contents = splitContents(readFully(files, beside));
      const current = readFully(files, target);
      // One that was not written whole has come before the first byte of the file itself.
      if (contents !== undefined && !isMixture(current, contents)) continue;
      if (contents !== undefined && !isSame(current, contents.former))
        overwriteAt(files, target, contents.next);
      removeIfPossible(files, beside);
    }
  } catch {
    // What cannot be mended is read as it is: the run that follows says what is wrong with it.
  }
}

function overwriteAt(files: FileOperations, path: string, bytes: Uint8Array): void {
  const descriptor = files.open(path, 'r+');
  try {
    overwrite(files, descriptor, bytes);
  } finally {
    files.close(descriptor);
  }
}

function overwrite(files: FileOperations, descriptor: number, bytes: Uint8Array): void {
  writeFully(files, descriptor, bytes, 0);
  files.truncate(descriptor, bytes.length);
  files.sync(descriptor);
}

interface Contents {
  readonly next: Uint8Array;
  readonly former: Uint8Array;
}

/** Both contents behind their digest and the length of the first. */
function joinContents(next: Uint8Array, former: Uint8Array): Uint8Array {
  const both = Buffer.concat([next, former]);
  return Buffer.concat([Buffer.from(`${digestOf(both)} ${next.length}\n`), both]);
}

function splitContents(bytes: Uint8Array): Contents | undefined {
  const end = bytes.indexOf(10);
  const [digest, length] = Buffer.from(bytes.subarray(0, Math.max(0, end)))
    .toString('latin1')
    .split(' ');
  const both = bytes.subarray(end + 1);
  if (end === -1 || length === undefined || digestOf(both) !== digest) return undefined;
  return { next: both.subarray(0, Number(length)), former: both.subarray(Number(length)) };
}

/** Whether a file may be what was left of writing one content over the other; what was never written reads as zeros. */
function isMixture(current: Uint8Array, { next, former }: Contents): boolean {
  const [least, most] = [Math.min(next.length, former.length), Math.max(next.length, former.length)];
  if (current.length < least || current.length > most) return false;
  return current.every(
    (byte, at) => byte === next[at] || byte === former[at] || (byte === 0 && at >= former.length),
  );
}

function isSame(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}
