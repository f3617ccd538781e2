// Owns the files that hold the code of blocks: they stay until the run's private folder goes, because what a block
// has left running, and the functions it has defined, still name theirs.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeStateFolder } from './write-state-file.ts';

export class CodeFiles {
  readonly #folder: string;
  readonly #uses = new Map<string, number>();

  /** `folder` is nobody else's; it is made when it is first needed. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Writes the code of one attempt, and gives the path: error messages name the block by it. Throws Node's own errors. */
  write(name: string, extension: string, code: string): string {
    const plainName = name.replaceAll(/[^A-Za-z0-9_.-]/g, '_');
    const key = `${plainName}.${extension}`;
    const uses = (this.#uses.get(key) ?? 0) + 1;
    this.#uses.set(key, uses);
    const path = join(this.#folder, uses === 1 ? key : `${plainName}-${uses}.${extension}`);
    makeStateFolder(this.#folder);
    writeFileSync(path, code.endsWith('\n') ? code : `${code}\n`, { mode: 0o600, flag: 'wx' });
    return path;
  }
}
