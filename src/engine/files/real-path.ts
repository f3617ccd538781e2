// Owns the one path of a file that has several names.
import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';

/** Two names of one file are one path; a file that is gone keeps the name it had. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
