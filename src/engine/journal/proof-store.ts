// Owns what is kept of the tests that have proven a page, in the folder of all state.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import {
  type FileOperations,
  readFully,
  removeIfPossible,
  systemErrorCode,
  writeNewFile,
} from '../files/file-operations.ts';
import { realPath } from '../files/real-path.ts';
import { requireSafeFolder, requireSafeState } from '../files/require-safe-folder.ts';
import { makeStateFolder, stateFileOperations } from '../files/write-state-file.ts';

/** Tests of a page that have all passed. */
export interface TestProof {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The digest of the page, and of those behind it, that was tested. */
  readonly digest: string;
  readonly cases: number;
}

/** One small file a page; the newest proof takes the place of the one before. Throws `UnsafeFolder` as runs do. */
export class ProofStore {
  readonly #folder: string;
  readonly #files: FileOperations;

  constructor(stateFolder: string, files: FileOperations = stateFileOperations) {
    this.#folder = join(stateFolder, 'proofs');
    requireSafeState(stateFolder);
    requireSafeFolder(this.#folder);
    this.#files = files;
  }

  /** Keeps the proof of the page at a path. Throws the system's errors. */
  keep(path: string, proof: TestProof): void {
    makeStateFolder(this.#folder);
    const runbook = realPath(path);
    const file = this.#fileOf(runbook);
    const draft = `${file}.${process.pid}.new`;
    removeIfPossible(this.#files, draft);
    const text = `${JSON.stringify({ runbook, ...proof }, null, 2)}\n`;
    writeNewFile(this.#files, draft, new TextEncoder().encode(text), 0o600);
    this.#files.rename(draft, file);
  }

  /**
   * The newest proof of the page at a path; undefined where none is kept, or what is kept is none of ours. Throws the
   * system's errors, which name the file, where it cannot be known.
   */
  of(path: string): TestProof | undefined {
    const runbook = realPath(path);
    const file = this.#fileOf(runbook);
    try {
      const kept: unknown = JSON.parse(new TextDecoder().decode(readFully(this.#files, file)));
      return isProofOf(kept, runbook) ? { at: kept.at, digest: kept.digest, cases: kept.cases } : undefined;
    } catch (error) {
      if (error instanceof SyntaxError || systemErrorCode(error) === 'ENOENT') return undefined;
      // That of reading names no file, unlike that of opening.
      throw error instanceof Error ? Object.assign(error, { path: file }) : error;
    }
  }

  #fileOf(runbook: string): string {
    return join(this.#folder, `${createHash('sha256').update(runbook).digest('hex')}.json`);
  }
}

function isProofOf(value: unknown, path: string): value is TestProof {
  if (typeof value !== 'object' || value === null) return false;
  const { runbook, at, digest, cases }: Readonly<Record<string, unknown>> = { ...value };
  return (
    runbook === path &&
    typeof at === 'string' &&
    !Number.isNaN(Date.parse(at)) &&
    typeof digest === 'string' &&
    typeof cases === 'number'
  );
}
