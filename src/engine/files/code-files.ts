// Owns the files that hold the code of blocks: they stay until the run's private folder goes, because what a block
// has left running, and the functions it has defined, still name theirs.
import {
  existsSync,
  mkdtempSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { systemErrorCode } from './file-operations.ts';
import { makeStateFolder } from './write-state-file.ts';

/** Extensions of the files of shell blocks. */
export const shellExtensions = { bash: 'sh', zsh: 'zsh', dash: 'sh' } as const;

/** Headings have any length, names of files not more than 255 bytes. */
const longestName = 160;

/** The name of a block as that of a file; those of several blocks may be the same. */
export function codeFileName(name: string, extension: string): string {
  return `${name.replaceAll(/[^A-Za-z0-9_.-]/g, '_').slice(0, longestName)}.${extension}`;
}

/** The name of their folder in the private one of the run. */
export const codeFolder = 'code';

export class CodeFiles {
  readonly #link: string;
  readonly #uses = new Map<string, number>();
  /** The folder itself, by its real path: programs that ask whether they are the main one compare with that. */
  #folder: string | undefined;

  /** `privateFolder` is the run's own. */
  constructor(privateFolder: string) {
    this.#link = join(privateFolder, codeFolder);
  }

  /** Writes the code of one attempt, and gives the path: error messages name the block by it. Throws Node's own errors. */
  write(name: string, extension: string, code: string): string {
    const text = code.endsWith('\n') ? code : `${code}\n`;
    this.#folder ??= makeFolder(this.#link);
    try {
      return this.#writeIn(this.#folder, name, extension, text);
    } catch (error) {
      if (existsSync(this.#folder)) throw error;
      // A block has taken the folder away.
      this.#folder = makeFolder(this.#link);
      return this.#writeIn(this.#folder, name, extension, text);
    }
  }

  /** The second file of `install` is `install-2`, unless that is there already: another block may have this name. */
  #writeIn(folder: string, name: string, extension: string, text: string): string {
    const first = codeFileName(name, extension);
    const stem = first.slice(0, -extension.length - 1);
    for (let uses = (this.#uses.get(first) ?? 0) + 1; ; uses++) {
      const path = join(folder, uses === 1 ? first : `${stem}-${uses}.${extension}`);
      try {
        writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
        this.#uses.set(first, uses);
        return path;
      } catch (error) {
        if (systemErrorCode(error) !== 'EEXIST') throw error;
      }
    }
  }

  /** Takes the files away. */
  close(): void {
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = undefined;
  }
}

/** Takes away the private folder of a run, and what of it lies in memory. */
export function removePrivateFolder(path: string): void {
  const memory = targetOf(join(path, codeFolder));
  if (memory?.startsWith(memoryFolders)) rmSync(memory, { recursive: true, force: true });
  rmSync(path, { recursive: true, force: true });
}

function targetOf(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch {
    // It is none, or is not there.
    return undefined;
  }
}

/** Makes the folder of the files, in memory where that can be, and `link` the way to it. */
function makeFolder(link: string): string {
  makeStateFolder(dirname(link));
  const memory = makeMemoryFolder();
  // It may lead to one that is gone.
  rmSync(link, { force: true });
  if (memory === undefined) makeStateFolder(link);
  else symlinkSync(memory, link);
  return realpathSync(link);
}

/** What folders in memory begin with, on Linux. The watchdog takes them away where the tool is killed. */
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
