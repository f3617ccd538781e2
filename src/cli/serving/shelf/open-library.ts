// Owns which library a server has: a folder, or a repository that it fetches.
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fail, ok, type Result } from '../../../basics/result.ts';
import { isFolder } from '../../../engine/shells/working-folder.ts';
import { isModule } from '../../../run/links/module-address.ts';
import type { Complaint } from '../../refusal.ts';
import { GitLibrary, type GitLibrarySettings } from './git-library.ts';
import { Library } from './library.ts';
import { parseLibraryAddress } from './library-address.ts';

/** A library, and the repository behind it where there is one. */
export interface OpenLibrary {
  readonly library: Library;
  readonly git?: GitLibrary;
}

/** What was given for it. */
export interface LibraryPlace {
  readonly config?: string;
  readonly library?: string;
  readonly stateDir: string;
  readonly now: () => number;
}

/** A repository is looked at so often if nothing is said. */
export const usualEveryMs = 60_000;

/** What is named, else what the configuration names, a folder from its file; without either the current folder. */
export function openLibrary(
  { config, library, stateDir, now }: LibraryPlace,
  ofFile: string | GitLibrarySettings | undefined,
): Result<OpenLibrary, Complaint> {
  const named = library ?? ofFile;
  const settings = typeof named === 'string' && isModule(named) ? settingsOf(named) : named;
  if (typeof settings === 'object') {
    if ('error' in settings)
      return fail({ message: `the library \`${library}\` cannot be fetched: ${settings.error}` });
    const git = new GitLibrary(settings, stateDir, now);
    return ok({ library: git.library, git });
  }
  const folder = config === undefined ? '.' : dirname(config);
  const shelf = library === undefined ? resolve(folder, settings ?? '.') : resolve(library);
  if (isFolder(shelf)) return ok({ library: new Library(shelf) });
  return fail({
    message: `the library \`${shelf}\` ${existsSync(shelf) ? 'is no folder' : 'does not exist'}`,
    help: 'give the folder of the runbooks with `--library`',
  });
}

function settingsOf(address: string): GitLibrarySettings | { readonly error: string } {
  const read = parseLibraryAddress(address);
  return read.ok ? { address: read.value, everyMs: usualEveryMs } : { error: read.error };
}
