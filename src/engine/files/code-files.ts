// Owns the files that hold the code of blocks: they stay until the run's private folder goes, because what a block
// has left running, and the functions it has defined, still name theirs.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeStateFolder } from './write-state-file.ts';

/** Extensions of the files of shell blocks. */
export const shellExtensions = { bash: 'sh', zsh: 'zsh', dash: 'sh' } as const;

/** The name of a block as that of a file. */
export function codeFileName(name: string, extension: string): string {
  return `${name.replaceAll(/[^A-Za-z0-9_.-]/g, '_')}.${extension}`;
}

export class CodeFiles {
  readonly #folder: string;
  readonly #uses = new Map<string, number>();

  /** `folder` is nobody else's; it is made when it is first needed. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Writes the code of one attempt, and gives the path: error messages name the block by it. Throws Node's own errors. */
  write(name: string, extension: string, code: string): string {
    const first = codeFileName(name, extension);
    const uses = (this.#uses.get(first) ?? 0) + 1;
    this.#uses.set(first, uses);
    const path = join(this.#folder, uses === 1 ? first : codeFileName(`${name}-${uses}`, extension));
    makeStateFolder(this.#folder);
    writeFileSync(path, code.endsWith('\n') ? code : `${code}\n`, { mode: 0o600, flag: 'wx' });
    return path;
  }
}
