// Owns which runs are those of a folder: those of the runbooks in it.
import { realpathSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import type { ListedRun } from '../../engine/journal/run-store.ts';

/** Whether a run is of a runbook in a folder or below it. */
export function isRunOf(folder: string, { summary }: ListedRun): boolean {
  if (summary === undefined) return false;
  const path = relative(realpathSync(folder), realPath(summary.runbook));
  return path !== '' && !path.startsWith('..') && !isAbsolute(path);
}

/** A page that has gone keeps the path that it had. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
