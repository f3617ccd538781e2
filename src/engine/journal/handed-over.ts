// Owns the mark in a run's folder that the run was handed over to another machine, and is not to go on here.
import { join } from 'node:path';
import {
  type FileOperations,
  readFully,
  syncFolder,
  systemErrorCode,
  writeNewFile,
} from '../files/file-operations.ts';
import { stateFileOperations } from '../files/write-state-file.ts';
import type { RunFolder } from './run-folder.ts';

/** By whom, when, and into which file. */
export interface HandedOver {
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly bundle: string;
}

const markOf = ({ path }: RunFolder): string => join(path, 'handed-over.json');

/**
 * Marks a run that has no mark, before the bundle is whole: a run that could go on at two places would be worse than at
 * none. Throws the system's errors.
 */
export function markHandedOver(folder: RunFolder, handed: HandedOver): void {
  const text = new TextEncoder().encode(`${JSON.stringify(handed)}\n`);
  writeNewFile(stateFileOperations, markOf(folder), text, 0o600);
  syncFolder(stateFileOperations, folder.path);
}

/** The run goes on here again; throws the system's errors, since it does not where the mark stays. */
export function takeMarkBack(folder: RunFolder, files: FileOperations = stateFileOperations): void {
  try {
    files.remove(markOf(folder));
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
  }
  syncFolder(files, folder.path);
}

/** Who has handed the run over; undefined where nobody has. A mark that cannot be read is one, too. */
export function readHandedOver(folder: RunFolder): HandedOver | undefined {
  let text: string;
  try {
    text = new TextDecoder().decode(readFully(stateFileOperations, markOf(folder)));
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const { by, at, bundle } = JSON.parse(text) as Partial<HandedOver>;
    return { by: String(by), at: String(at), bundle: String(bundle) };
  } catch {
    return { by: 'somebody', at: 'a time that cannot be read', bundle: 'a file' };
  }
}
