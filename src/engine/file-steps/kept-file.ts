// Owns what a run keeps of a file before it is written, so that it can be put back: sealed, for it may hold anything.
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { SavedState } from '../../run/files/saved-state.ts';
import { syncFolder, writeNewFile } from '../files/file-operations.ts';
import { makeStateFolder, stateFileOperations } from '../files/write-state-file.ts';
import { StateSeal } from '../shells/saved/state-seal.ts';

/** A file as it was, and what was to become of it. */
export interface KeptFile {
  /** Absolute, no link. */
  readonly path: string;
  /** Absent where there was none. */
  readonly old?: {
    readonly base64: string;
    readonly mode: number;
    readonly user: string;
    readonly group: string;
  };
  /** SHA-256 in hexadecimal of what it was to hold. */
  readonly now: string;
}

/** Smaller ones stand in the journal itself, which costs no file. */
const inlineBytes = 8 * 1024;

/** What one process of a run keeps of files. */
export class KeptFiles {
  readonly #runFolder: string;
  readonly #process: string;
  readonly #seal: StateSeal;
  #count = 0;

  /** `process` tells its files apart from those of earlier processes of the same run. */
  constructor(runFolder: string, process: string) {
    this.#runFolder = runFolder;
    this.#process = process;
    this.#seal = new StateSeal(runFolder);
  }

  /** It is on the device afterwards; throws the system's errors. */
  keep(file: KeptFile): SavedState {
    const sealed = this.#seal.seal(JSON.stringify(file));
    if (sealed.length <= inlineBytes) return { sealed };
    this.#count += 1;
    const name = join('state', `file-${this.#process}-${this.#count}`);
    const path = join(this.#runFolder, name);
    const bytes = new TextEncoder().encode(sealed);
    makeStateFolder(dirname(path));
    writeNewFile(stateFileOperations, path, bytes, 0o600);
    syncFolder(stateFileOperations, dirname(path));
    return { file: name, digest: hash('sha256', bytes, 'hex') };
  }

  /** Throws with a message for people where it cannot be had any more. */
  read(saved: SavedState): KeptFile {
    if ('snapshot' in saved) throw new Error('nothing was kept of the old file');
    if ('sealed' in saved) return JSON.parse(this.#seal.open(saved.sealed)) as KeptFile;
    const bytes = readFileSync(resolve(this.#runFolder, saved.file));
    if (hash('sha256', bytes, 'hex') !== saved.digest)
      throw new Error('what was kept of the old file is not what was stored');
    return JSON.parse(this.#seal.open(bytes.toString('latin1'))) as KeptFile;
  }
}

/** What tells one content from another. */
export function digestOf(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}
