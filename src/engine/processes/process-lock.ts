// Owns the rule that one living process at a time works in a folder.
import { join } from 'node:path';
import {
  type FileOperations,
  readFully,
  removeIfPossible,
  systemErrorCode,
  writeNewFile,
} from '../files/file-operations.ts';
import { stateFileOperations } from '../files/write-state-file.ts';
import { lifeOf, nameOf, ownIdentity, type ProcessIdentity } from './process-identity.ts';

/** A lock that this process holds. */
export interface ProcessLock {
  release(): void;
}

/** Who has the lock instead. `certain` is false where the process is out of sight, on another host. */
export interface LockHolder {
  readonly process: ProcessIdentity;
  readonly certain: boolean;
  /** The file to remove where a person knows better. */
  readonly file: string;
}

export type LockAttempt =
  | { readonly ok: true; readonly lock: ProcessLock }
  | { readonly ok: false; readonly holder: LockHolder };

/**
 * Takes the lock of `folder`, also over from a process that died with it.
 *
 * Locks are files `lock.1`, `lock.2` … and only the highest counts. A new one is made by link(2), which one process
 * alone can win, and holds if it is still the highest afterwards. The highest is never removed, only emptied on
 * release, so that a slow process cannot take a number that was passed over already.
 */
export function takeLock(folder: string, files: FileOperations = stateFileOperations): LockAttempt {
  const own = ownIdentity();
  const draft = join(folder, `.lock-${nameOf(own)}`);
  removeIfPossible(files, draft);
  // Not synced: a lock means nothing to another boot of the machine.
  writeNewFile(files, draft, new TextEncoder().encode(JSON.stringify(own)), 0o600, 'in-memory');
  try {
    for (;;) {
      const highest = highestLock(folder, files);
      const holder = highest === 0 ? undefined : readHolder(folder, highest, files);
      if (holder) return { ok: false, holder };
      if (tryNumber(folder, draft, highest + 1, files)) {
        const file = lockFile(folder, highest + 1);
        return { ok: true, lock: { release: () => releaseIfPossible(file, files) } };
      }
    }
  } finally {
    removeIfPossible(files, draft);
  }
}

/** Locks that this process could not empty when it was done with them: to itself they are free. */
const abandoned = new Set<string>();

/** Where the disk refuses even this, the lock is stale for everybody else as soon as its process has ended. */
function releaseIfPossible(file: string, files: FileOperations): void {
  try {
    empty(file, files);
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    abandoned.add(file);
  }
}

/** Who holds the lock of `folder` now, if anybody does. */
export function lockHolder(
  folder: string,
  files: FileOperations = stateFileOperations,
): LockHolder | undefined {
  const highest = highestLock(folder, files);
  return highest === 0 ? undefined : readHolder(folder, highest, files);
}

const lockFile = (folder: string, number: number): string => join(folder, `lock.${number}`);

const lockNumbers = (folder: string, files: FileOperations): readonly number[] =>
  files.list(folder).flatMap((name) => {
    const number = /^lock\.([1-9]\d{0,14})$/.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });

const highestLock = (folder: string, files: FileOperations): number =>
  Math.max(0, ...lockNumbers(folder, files));

/** Makes lock `number`; true where it is this process's and the highest. Lower ones are then done with. */
function tryNumber(folder: string, draft: string, number: number, files: FileOperations): boolean {
  try {
    files.link(draft, lockFile(folder, number));
    abandoned.delete(lockFile(folder, number));
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    const numbers = lockNumbers(folder, files);
    if (Math.max(...numbers) > number) {
      removeIfPossible(files, lockFile(folder, number));
      return false;
    }
    for (const lower of numbers) if (lower < number) removeIfPossible(files, lockFile(folder, lower));
    return true;
  } catch (error) {
    empty(lockFile(folder, number), files);
    throw error;
  }
}

/** Releases a lock, which a person may have removed by hand, alone or with the whole folder. */
function empty(file: string, files: FileOperations): void {
  let descriptor: number;
  try {
    descriptor = files.open(file, 'r+');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return;
    throw error;
  }
  try {
    files.truncate(descriptor, 0);
  } finally {
    files.close(descriptor);
  }
}

/** The process that holds lock `number`; none where it was released, superseded, or its process is dead. */
function readHolder(folder: string, number: number, files: FileOperations): LockHolder | undefined {
  const file = lockFile(folder, number);
  const process = readIdentity(file, files);
  if (process === undefined) return undefined;
  if (abandoned.has(file) && isOwn(process)) return undefined;
  const life = lifeOf(process);
  return life === 'dead' ? undefined : { process, certain: life === 'alive', file };
}

function isOwn({ pid, startedAt }: ProcessIdentity): boolean {
  const own = ownIdentity();
  return pid === own.pid && startedAt === own.startedAt;
}

/** The process that a file of this room names; none where it is gone or holds none. */
export function readIdentity(file: string, files: FileOperations): ProcessIdentity | undefined {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(readFully(files, file)));
  } catch (error) {
    // Released locks are empty, a power cut may leave zeros, and a superseded one may be gone by now.
    if (error instanceof SyntaxError || systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { pid, startedAt, host, boot, machine = '' } = value as Partial<Record<string, unknown>>;
  const known =
    typeof pid === 'number' && [startedAt, host, boot, machine].every((part) => typeof part === 'string');
  if (!known) return undefined;
  const texts = { startedAt: String(startedAt), host: String(host), boot: String(boot) };
  return { pid, ...texts, machine: String(machine) };
}
