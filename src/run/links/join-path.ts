// Owns how the path of a linked file is told from the place of its link, as plain text.
import { isModule } from './module-address.ts';

/** The folder of a path; the empty string for a bare name, `git+…//` for the top of another repository. */
export function folderOf(path: string): string {
  if (isModule(path)) {
    const [repository, inside] = cutModule(path);
    return `${repository}${folderOf(inside)}`;
  }
  const slash = path.lastIndexOf('/');
  return slash === 0 ? '/' : path.slice(0, Math.max(0, slash));
}

/** Where blocks of a file start: in its folder, and those of another repository in the folder of the opened page. */
export function startFolderOf(path: string): string {
  return isModule(path) ? '' : folderOf(path);
}

/** A module before and behind the `//` at the top of its repository, which belongs to the first. */
function cutModule(path: string): readonly [repository: string, inside: string] {
  const from = path.indexOf('://') + 3;
  const top = path.indexOf('//', from + 1);
  return top === -1 ? [`${path}//`, ''] : [path.slice(0, top + 2), path.slice(top + 2)];
}

/**
 * `target` as seen from `folder`, without `.` and needless `..`; an absolute target stays as it is, and so does one in
 * another repository. What leads out of a repository keeps its `..`, and is not an address.
 */
export function joinPath(folder: string, target: string): string {
  if (isModule(target)) return target;
  if (isModule(folder)) {
    const [repository, inside] = cutModule(folder);
    return `${repository}${target.startsWith('/') ? `../${target.slice(1)}` : joinPath(inside, target)}`;
  }
  const whole = target.startsWith('/') || folder === '' ? target : `${folder}/${target}`;
  const parts: string[] = [];
  for (const part of whole.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '..' || !whole.startsWith('/')) parts.push(part);
  }
  return `${whole.startsWith('/') ? '/' : ''}${parts.join('/')}` || '.';
}
