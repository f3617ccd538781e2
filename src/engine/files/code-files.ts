// Owns the files that hold the code of blocks: they stay until the run's private folder goes, because what a block
// has left running, and the functions it has defined, still name theirs.
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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
  /** What the folder is a link to. */
  #memory: string | undefined;

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
    if (!existsSync(this.#folder)) this.#makeFolder();
    writeFileSync(path, code.endsWith('\n') ? code : `${code}\n`, { mode: 0o600, flag: 'wx' });
    return path;
  }

  /** Takes the files away. The folder is its owner's, who may have taken it away before. */
  close(): void {
    if (this.#memory !== undefined) rmSync(this.#memory, { recursive: true, force: true });
    this.#memory = undefined;
  }

  #makeFolder(): void {
    makeStateFolder(dirname(this.#folder));
    this.close();
    this.#memory = makeMemoryFolder();
    // The link of a folder that somebody has emptied.
    rmSync(this.#folder, { force: true });
    if (this.#memory === undefined) makeStateFolder(this.#folder);
    else symlinkSync(this.#memory, this.#folder);
  }
}

/** Linux keeps what is here in memory; see the watchdog, which takes it away where the tool is killed. */
export const memoryFolders = '/dev/shm/runsheet-';

/**
 * A folder of mode 0700 in memory, where there is such a thing. On the disk of the journal, a new file takes as long as
 * all else of a small block: each of the journal's ways to the device has to take its name along.
 */
function makeMemoryFolder(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return mkdtempSync(memoryFolders);
  } catch {
    return undefined;
  }
}
