// Owns who may read what is kept in the state folder: its owner alone, or the group that the folder was given to.
import { constants, existsSync, fchmodSync, fstatSync, openSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  type FileOperations,
  nodeFileOperations,
  systemErrorCode,
  withDescriptor,
} from './file-operations.ts';
import { groupOfFolder, sharingBits } from './require-safe-folder.ts';

/**
 * The real file system for what is kept in the state folder: what is made in a folder that is shared with a group is
 * shared with it too, whatever the account's umask; everything else has the rights that were asked for.
 */
export const stateFileOperations: FileOperations = {
  ...nodeFileOperations,
  open: (path, flags, mode) => {
    const descriptor = nodeFileOperations.open(path, flags, mode);
    if (flags === 'wx') shareFile(descriptor, path);
    return descriptor;
  },
  makeFolder: (path, mode) => {
    nodeFileOperations.makeFolder(path, mode);
    if (!isShared(dirname(path))) return;
    withDescriptor(nodeFileOperations, openSync(path, 'r'), (descriptor) =>
      fchmodSync(descriptor, mode | sharingBits),
    );
  },
};

/** Shares an open file with the group of its folder, where the folder is shared. */
export function shareFile(descriptor: number, path: string): void {
  if (!isShared(dirname(path))) return;
  const { mode, uid } = fstatSync(descriptor);
  // What another account has made it has shared itself, and nobody else may.
  if (uid !== process.geteuid?.()) return;
  fchmodSync(descriptor, (mode & 0o777) | constants.S_IRGRP | constants.S_IWGRP);
}

/** Writes a file of the state folder, over one that is there. */
export function writeStateFile(path: string, text: string): void {
  withDescriptor(nodeFileOperations, openSync(path, 'w', 0o600), (descriptor) => {
    shareFile(descriptor, path);
    writeFileSync(descriptor, text);
  });
}

/**
 * Writes a new file of the state folder that nobody else may write to: whose it is says who wrote it. Those whom the
 * folder is shared with may read it.
 */
export function writeOwnFile(path: string, text: string): void {
  withDescriptor(nodeFileOperations, openSync(path, 'wx', 0o600), (descriptor) => {
    if (isShared(dirname(path))) fchmodSync(descriptor, 0o640);
    writeFileSync(descriptor, text);
  });
}

/** Makes a folder and those above it where they are missing, for nobody else but whom the state folder is shared with. */
export function makeStateFolder(path: string): void {
  if (existsSync(path)) return;
  const parent = dirname(path);
  if (parent !== path) makeStateFolder(parent);
  try {
    stateFileOperations.makeFolder(path, 0o700);
  } catch (error) {
    // Another process was quicker.
    if (systemErrorCode(error) !== 'EEXIST') throw error;
  }
}

/**
 * Makes a folder in one of a run's that is there, shared as that one is; also one that a process was killed over before
 * it had shared it.
 */
export function makeSharedFolder(path: string): void {
  try {
    stateFileOperations.makeFolder(path, 0o700);
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw error;
    if (!isShared(dirname(path)) || isShared(path)) return;
    withDescriptor(nodeFileOperations, openSync(path, 'r'), (descriptor) => {
      const { mode, uid } = fstatSync(descriptor);
      if (uid === process.geteuid?.()) fchmodSync(descriptor, mode | sharingBits);
    });
  }
}

function isShared(folder: string): boolean {
  return groupOfFolder(folder) !== undefined;
}
