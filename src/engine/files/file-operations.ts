// Owns the few file operations that everything which must survive a crash is built of, so that a test can let the
// n-th of them fail.
import fs, { type BigIntStats } from 'node:fs';

/** What is asked of the file system, one call each, blocking; each throws Node's own error with its `code`. */
export interface FileOperations {
  /** `flags` by Node's letters; `mode` of a file that is made. Gives the descriptor. */
  open(path: string, flags: 'r' | 'r+' | 'wx', mode?: number): number;
  /** Reads up to the whole of `bytes` from `position`; gives how many were read, 0 at the end. */
  read(descriptor: number, bytes: Uint8Array, position: number): number;
  /** May write less than asked; gives how many bytes were written, at least one. */
  write(descriptor: number, bytes: Uint8Array, position: number): number;
  truncate(descriptor: number, length: number): void;
  /** Returns when the file's bytes and its length are on the device. */
  sync(descriptor: number): void;
  /** The same without holding up everything else; resolves when it is done. */
  syncLater(descriptor: number): Promise<void>;
  /** The same, mode and owner too. */
  syncAllLater(descriptor: number): Promise<void>;
  /** Size in bytes. */
  size(descriptor: number): number;
  /** False when every name of the file was taken away: what is written to it can be found by nobody. */
  hasName(descriptor: number): boolean;
  setMode(descriptor: number, mode: number): void;
  setOwner(descriptor: number, user: number, group: number): void;
  close(descriptor: number): void;
  /** What `path` leads to, links followed; `undefined` where nothing is. */
  stat(path: string): BigIntStats | undefined;
  /** `path` with every link followed. */
  realPath(path: string): string;
  rename(from: string, to: string): void;
  /** Gives `from` a second name; fails with EEXIST where `to` is taken, which makes it the way to be the first. */
  link(from: string, to: string): void;
  remove(path: string): void;
  makeFolder(path: string, mode: number): void;
  list(folder: string): readonly string[];
}

/** The real file system. */
export const nodeFileOperations: FileOperations = {
  open: (path, flags, mode) => fs.openSync(path, flags, mode),
  read: (descriptor, bytes, position) => fs.readSync(descriptor, bytes, 0, bytes.length, position),
  write: (descriptor, bytes, position) => fs.writeSync(descriptor, bytes, 0, bytes.length, position),
  truncate: (descriptor, length) => fs.ftruncateSync(descriptor, length),
  sync: (descriptor) => fs.fdatasyncSync(descriptor),
  syncLater: (descriptor) =>
    new Promise((resolve, reject) => {
      fs.fdatasync(descriptor, (error) => (error === null ? resolve() : reject(error)));
    }),
  syncAllLater: (descriptor) =>
    new Promise((resolve, reject) => {
      fs.fsync(descriptor, (error) => (error === null ? resolve() : reject(error)));
    }),
  size: (descriptor) => fs.fstatSync(descriptor).size,
  hasName: (descriptor) => fs.fstatSync(descriptor).nlink > 0,
  setMode: (descriptor, mode) => fs.fchmodSync(descriptor, mode),
  setOwner: (descriptor, user, group) => fs.fchownSync(descriptor, user, group),
  close: (descriptor) => fs.closeSync(descriptor),
  stat: (path) => fs.statSync(path, { bigint: true, throwIfNoEntry: false }),
  realPath: (path) => fs.realpathSync(path),
  rename: (from, to) => fs.renameSync(from, to),
  link: (from, to) => fs.linkSync(from, to),
  remove: (path) => fs.unlinkSync(path),
  makeFolder: (path, mode) => {
    fs.mkdirSync(path, { mode });
  },
  list: (folder) => fs.readdirSync(folder),
};

/** The system's short name of an error, such as `ENOSPC`; `undefined` for anything that is not of the system. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Writes all of `bytes` at `position`, going on after a write that took less than it was given. */
export function writeFully(
  files: FileOperations,
  descriptor: number,
  bytes: Uint8Array,
  position: number,
): void {
  let written = 0;
  while (written < bytes.length) {
    written += files.write(descriptor, bytes.subarray(written), position + written);
  }
}

/** The file's bytes from `from` on to its end at the moment of the call. */
export function readFrom(files: FileOperations, descriptor: number, from: number): Uint8Array {
  const bytes = new Uint8Array(Math.max(0, files.size(descriptor) - from));
  let filled = 0;
  while (filled < bytes.length) {
    const count = files.read(descriptor, bytes.subarray(filled), from + filled);
    if (count === 0) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}

/** All bytes of the file at `path`. */
export function readFully(files: FileOperations, path: string): Uint8Array {
  return withDescriptor(files, files.open(path, 'r'), (descriptor) => readFrom(files, descriptor, 0));
}

/**
 * Makes the new file `path` with all of `bytes`, on the device unless it is asked for in memory only; fails with EEXIST where it is there already. Where it
 * cannot be made whole, it is taken away again.
 */
export function writeNewFile(
  files: FileOperations,
  path: string,
  bytes: Uint8Array,
  mode: number,
  durability: 'on-device' | 'in-memory' = 'on-device',
): void {
  const descriptor = files.open(path, 'wx', mode);
  try {
    withDescriptor(files, descriptor, () => {
      writeFully(files, descriptor, bytes, 0);
      if (durability === 'on-device') files.sync(descriptor);
    });
  } catch (error) {
    removeIfPossible(files, path);
    throw error;
  }
}

/** Makes the names in a folder last: what was made, renamed or removed in it is so on the device afterwards. */
export function syncFolder(files: FileOperations, folder: string): void {
  withDescriptor(files, files.open(folder, 'r'), (descriptor) => files.sync(descriptor));
}

/** Removes a file of ours that only tidiness wants gone: where it cannot be removed, it stays. */
export function removeIfPossible(files: FileOperations, path: string): void {
  try {
    files.remove(path);
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
  }
}

/** Lets `use` have a descriptor and closes it afterwards. */
export function withDescriptor<Value>(
  files: FileOperations,
  descriptor: number,
  use: (descriptor: number) => Value,
): Value {
  try {
    return use(descriptor);
  } finally {
    files.close(descriptor);
  }
}
