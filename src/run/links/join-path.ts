// Owns how the path of a linked file is told from the place of its link, as plain text.

/** The folder of a path; the empty string for a bare name. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === 0 ? '/' : path.slice(0, Math.max(0, slash));
}

/** `target` as seen from `folder`, without `.` and needless `..`; an absolute target stays as it is. */
export function joinPath(folder: string, target: string): string {
  const whole = target.startsWith('/') || folder === '' ? target : `${folder}/${target}`;
  const parts: string[] = [];
  for (const part of whole.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '..' || !whole.startsWith('/')) parts.push(part);
  }
  return `${whole.startsWith('/') ? '/' : ''}${parts.join('/')}` || '.';
}
