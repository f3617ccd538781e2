// Owns whether a file lies in a folder, links followed as far as they are there.
import { realpathSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';

/** Whether a path that need not exist is inside of the folder. */
export function isInside(path: string, folder: string): boolean {
  let existing = dirname(resolve(path));
  for (;;) {
    try {
      return !/^\.\.(?:\/|$)/.test(relative(folder, realpathSync(existing)));
    } catch {
      existing = dirname(existing);
    }
  }
}
