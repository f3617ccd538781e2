// Owns noticing that blocks which run now have printed more.
import { type FSWatcher, statSync, watch } from 'node:fs';
import { systemErrorCode } from '../../../engine/files/file-operations.ts';

/** So often it is looked whether the folder is there, and still the same. */
const lookMs = 1_000;

/** Calls back whenever a file of the folder has changed, which is often; gives what ends that. */
export function watchOutputs(folder: string, onMore: () => void): () => void {
  let watcher: FSWatcher | undefined;
  let watched: number | undefined;
  const look = (): void => {
    const found = numberOf(folder);
    // Notices are of one folder, and end without a word when another one is put in its place.
    if (found === watched) return;
    watcher?.close();
    watcher = undefined;
    watched = found;
    if (found === undefined) return;
    try {
      watcher = watch(folder, onMore);
      watcher.on('error', () => {
        watched = undefined;
      });
    } catch (error) {
      if (systemErrorCode(error) === undefined) throw error;
      watched = undefined;
    }
    onMore();
  };
  look();
  const timer = setInterval(look, lookMs);
  return () => {
    clearInterval(timer);
    watcher?.close();
  };
}

/** By which the system knows a folder; undefined where there is none. */
function numberOf(folder: string): number | undefined {
  try {
    return statSync(folder).ino;
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return undefined;
  }
}
