// Owns the mark in a run's folder that the run was handed over to another machine, and is not to go on here.
import { join } from 'node:path';
import { readFully, removeIfPossible, syncFolder, systemErrorCode } from '../files/file-operations.ts';
import { stateFileOperations, writeStateFile } from '../files/write-state-file.ts';
import type { RunFolder } from './run-folder.ts';

/** By whom, when, and into which file. */
export interface HandedOver {
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly bundle: string;
}

const markOf = ({ path }: RunFolder): string => join(path, 'handed-over.json');

/** Marks the run before the bundle is whole: a run that could go on at two places would be worse than at none. */
export function markHandedOver(folder: RunFolder, handed: HandedOver): void {
  writeStateFile(markOf(folder), `${JSON.stringify(handed)}\n`);
  syncFolder(stateFileOperations, folder.path);
}

/** The run goes on here again. */
export function takeMarkBack(folder: RunFolder): void {
  removeIfPossible(stateFileOperations, markOf(folder));
  syncFolder(stateFileOperations, folder.path);
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
