// Owns which folder the library of a server is.
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fail, ok, type Result } from '../../../basics/result.ts';
import { isFolder } from '../../../engine/shells/working-folder.ts';
import type { Complaint } from '../../refusal.ts';
import { Library } from './library.ts';

/** The folder that is named, else that of the configuration, found from its file; without either the current one. */
export function openLibrary(
  { config, library }: { readonly config?: string; readonly library?: string },
  ofFile: string | undefined,
): Result<Library, Complaint> {
  const folder = config === undefined ? '.' : dirname(config);
  const shelf = library === undefined ? resolve(folder, ofFile ?? '.') : resolve(library);
  if (isFolder(shelf)) return ok(new Library(shelf));
  return fail({
    message: `the library \`${shelf}\` ${existsSync(shelf) ? 'is no folder' : 'does not exist'}`,
    help: 'give the folder of the runbooks with `--library`',
  });
}
