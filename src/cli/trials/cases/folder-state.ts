// Owns the state of a folder, for telling whether it is as it was.
import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/** What each thing in a folder is, by its path in it. */
export type FolderState = ReadonlyMap<string, string>;

/** Reads the kinds, rights, links and bytes of all that is in a folder, but for paths that are left out. */
export async function readFolderState(top: string, ignored: readonly string[]): Promise<FolderState> {
  const state = new Map<string, string>();
  const walk = async (path: string): Promise<void> => {
    const names = (await readdir(join(top, path))).sort();
    for (const name of names) {
      const inner = path === '' ? name : `${path}/${name}`;
      if (ignored.includes(inner)) continue;
      const stats = await lstat(join(top, inner));
      const mode = (stats.mode & 0o7777).toString(8).padStart(4, '0');
      if (stats.isSymbolicLink()) state.set(inner, `a link to ${await readlink(join(top, inner))}`);
      else if (stats.isDirectory()) {
        state.set(inner, `a folder, mode ${mode}`);
        await walk(inner);
      } else if (stats.isFile()) {
        const digest = createHash('sha256')
          .update(await readFile(join(top, inner)))
          .digest('hex');
        state.set(inner, `a file of ${stats.size} bytes, mode ${mode}, ${digest.slice(0, 12)}`);
      } else state.set(inner, 'something else');
    }
  };
  await walk('');
  return state;
}

/** What differs, in lines; none where nothing does. */
export function compareFolderStates(before: FolderState, after: FolderState): readonly string[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.flatMap((path) => {
    const [was, is] = [before.get(path), after.get(path)];
    if (was === is) return [];
    if (was === undefined) return [`\`${path}\` is left: ${is}`];
    if (is === undefined) return [`\`${path}\` is gone: it was ${was}`];
    return [`\`${path}\` was ${was}, and is ${is}`];
  });
}
