// Owns the pages of other repositories that were fetched, each by the digest of its bytes.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import {
  type FileOperations,
  nodeFileOperations,
  readFully,
  removeIfPossible,
  systemErrorCode,
  writeNewFile,
} from '../files/file-operations.ts';
import { makeStateFolder } from '../files/write-state-file.ts';

/** SHA-256 in hexadecimal. */
export function digestOfBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What is kept needs no trust: bytes that are not those of their digest count as none. */
export class ModuleCache {
  readonly #folder: string;
  readonly #files: FileOperations;

  constructor(folder: string, files: FileOperations = nodeFileOperations) {
    this.#folder = join(folder, 'pages');
    this.#files = files;
  }

  /** The bytes of a digest, 64 hexadecimal digits; undefined where they are not here, or others are. */
  read(digest: string): Uint8Array | undefined {
    try {
      const bytes = readFully(this.#files, this.#fileOf(digest));
      return digestOfBytes(bytes) === digest ? bytes : undefined;
    } catch (error) {
      if (systemErrorCode(error) === undefined) throw error;
      return undefined;
    }
  }

  /** Keeps bytes; gives their digest. Throws the system's errors. */
  keep(bytes: Uint8Array): string {
    const digest = digestOfBytes(bytes);
    makeStateFolder(this.#folder);
    const draft = `${this.#fileOf(digest)}.${process.pid}.new`;
    removeIfPossible(this.#files, draft);
    writeNewFile(this.#files, draft, bytes, 0o600);
    this.#files.rename(draft, this.#fileOf(digest));
    return digest;
  }

  #fileOf(digest: string): string {
    return join(this.#folder, `${digest}.md`);
  }
}
