// Owns putting a run into one file for another machine.
import { lstatSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { errorMessage } from '../../basics/coded-error.ts';
import {
  type FileOperations,
  nodeFileOperations,
  removeIfPossible,
  syncFolder,
  systemErrorCode,
  withDescriptor,
  writeFully,
} from '../files/file-operations.ts';
import type { RunFolder } from '../journal/run-folder.ts';
import { type BundlePart, isPartName, isReadable, renderHead, staysBehind } from './bundle-head.ts';
import { digestOfFile } from './digest-of-file.ts';

/** Why a run, as it lies in its folder, has no form in which it could go to another machine. */
export class NotBundled extends Error {
  override readonly name = 'NotBundled';
}

/** The system has refused the file that the run was to be put into; nothing of it is there. */
export class BundleFailure extends Error {
  override readonly name = 'BundleFailure';
  /** The system's short name of the error, such as `EEXIST`. */
  readonly code: string;
  /** Whether it is about the draft beside the file, which an earlier try may have left. */
  readonly isOfDraft: boolean;

  constructor(code: string, cause: unknown, isOfDraft: boolean) {
    super(errorMessage(cause), { cause });
    this.code = code;
    this.isOfDraft = isOfDraft;
  }
}

/** What is not known of a file that has its name: whether it outlasts a power cut, or whether it is whole at all. */
export interface BundleDoubt {
  readonly about: 'power-cut' | 'content';
  readonly why: string;
}

/** Where the file is made, before it has its name. */
export const draftOf = (path: string): string => `${path}.part`;

/** What a file system says that knows no second names: FAT, and some that other machines share. */
const knowsNoLinks: readonly (string | undefined)[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

const chunkBytes = 1024 * 1024;

/**
 * Writes the bundle, for its owner alone, and puts it in place as the last thing, once `beforeItIsThere` is done. The
 * caller holds the run's lock. Gives what is not known of the file that is there then. Throws
 * `NotBundled`, or `BundleFailure`, with EEXIST where the file is there already; or the system's errors about the run's
 * own folder.
 */
export function writeBundle(
  folder: RunFolder,
  path: string,
  { from, at, beforeItIsThere }: { from: string; at: string; beforeItIsThere: () => void },
  files: FileOperations = nodeFileOperations,
): BundleDoubt | undefined {
  const parts = partsBelow(folder.path).map((name): BundlePart => {
    const digest = digestOfFile(files, join(folder.path, name));
    if (digest === undefined) throw new NotBundled(`\`${name}\` of the run cannot be read`);
    return { name, bytes: Number(files.stat(join(folder.path, name))?.size ?? 0), digest };
  });
  const head = renderHead({ run: folder.id, from, at, parts });
  if (!isReadable(head))
    throw new NotBundled(
      `its id, the name of whoever hands it over, or the list of its ${parts.length} files has no form that a bundle takes`,
    );
  const draft = draftOf(path);
  onTarget(() => requireFree(files, path));
  const target = onTarget(() => files.open(draft, 'wx', 0o600), true);
  try {
    withDescriptor(files, target, () => {
      onTarget(() => writeFully(files, target, head, 0));
      let end = head.length;
      for (const part of parts) end = copyPart(files, target, end, folder, part);
      onTarget(() => files.sync(target));
    });
    beforeItIsThere();
    const doubt = onTarget(() => putInPlace(files, draft, path));
    return doubt ?? doubtAbout(() => syncFolder(files, dirname(path)));
  } finally {
    removeIfPossible(files, draft);
  }
}

/** Names of the files that go along, in order. */
function partsBelow(root: string, below = ''): readonly string[] {
  return readdirSync(join(root, below))
    .sort()
    .flatMap((entry) => {
      const name = below === '' ? entry : `${below}/${entry}`;
      if (staysBehind(name)) return [];
      const stats = lstatSync(join(root, name));
      if (stats.isDirectory()) return partsBelow(root, name);
      if (!stats.isFile() || !isPartName(name))
        throw new NotBundled(`\`${name}\` in the folder of the run is no file that a run keeps`);
      return [name];
    });
}

/** Found out before anything is copied; that nobody is quicker is found out again when the file gets its name. */
function requireFree(files: FileOperations, path: string): void {
  if (files.stat(path) !== undefined)
    throw Object.assign(new Error('file already exists'), { code: 'EEXIST', syscall: 'link', path });
}

/**
 * The file has its name from here on, or nothing of it is there. Gives why it may not be whole, where it could not be
 * taken away again.
 */
function putInPlace(files: FileOperations, draft: string, path: string): BundleDoubt | undefined {
  try {
    files.link(draft, path);
    return undefined;
  } catch (error) {
    // A server of files may have done it, and said so where nobody heard it.
    if (isSame(files, draft, path)) return undefined;
    if (!knowsNoLinks.includes(systemErrorCode(error))) throw error;
  }
  const target = files.open(path, 'wx', 0o600);
  try {
    return withDescriptor(files, target, () => {
      copyTo(files, target, 0, draft);
      return doubtAbout(() => files.sync(target));
    });
  } catch (error) {
    try {
      files.remove(path);
    } catch {
      return { about: 'content', why: errorMessage(error) };
    }
    throw error;
  }
}

function isSame(files: FileOperations, left: string, right: string): boolean {
  const [one, other] = [files.stat(left), files.stat(right)];
  return one !== undefined && one.ino === other?.ino && one.dev === other.dev;
}

function copyTo(files: FileOperations, target: number, at: number, path: string): number {
  return withDescriptor(files, files.open(path, 'r'), (source) => {
    const chunk = new Uint8Array(chunkBytes);
    let position = 0;
    for (;;) {
      const count = files.read(source, chunk, position);
      if (count === 0) return at + position;
      const start = at + position;
      onTarget(() => writeFully(files, target, chunk.subarray(0, count), start));
      position += count;
    }
  });
}

function copyPart(
  files: FileOperations,
  target: number,
  at: number,
  folder: RunFolder,
  { name, bytes }: BundlePart,
): number {
  try {
    const end = copyTo(files, target, at, join(folder.path, name));
    if (end === at + bytes) return end;
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    throw new NotBundled(`\`${name}\` of the run cannot be read: ${errorMessage(error)}`);
  }
  throw new NotBundled(`\`${name}\` of the run was written to meanwhile`);
}

/** What the system refuses here is no fault of the run's folder. */
function onTarget<Value>(use: () => Value, isOfDraft = false): Value {
  try {
    return use();
  } catch (error) {
    const code = systemErrorCode(error);
    throw code === undefined ? error : new BundleFailure(code, error, isOfDraft);
  }
}

/** Why something did not get to the device. */
function doubtAbout(sync: () => void): BundleDoubt | undefined {
  try {
    sync();
    return undefined;
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return { about: 'power-cut', why: errorMessage(error) };
  }
}
