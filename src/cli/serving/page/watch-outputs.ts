// Owns noticing that blocks which run now have printed more.
import { type FSWatcher, watch } from 'node:fs';
import { systemErrorCode } from '../../../engine/files/file-operations.ts';

/** A folder that is not there yet is looked for so often. */
const lookMs = 1_000;

/** Calls back whenever a file of the folder has changed, which is often; gives what ends that. */
export function watchOutputs(folder: string, onMore: () => void): () => void {
  let watcher: FSWatcher | undefined;
  const begin = (): void => {
    if (watcher !== undefined) return;
    try {
      const begun = watch(folder, onMore);
      watcher = begun;
      // The folder has gone, or notices cannot be had any more: it is looked for again.
      begun.on('error', () => {
        begun.close();
        watcher = undefined;
      });
      onMore();
    } catch (error) {
      if (systemErrorCode(error) === undefined) throw error;
    }
  };
  begin();
  const timer = setInterval(begin, lookMs);
  return () => {
    clearInterval(timer);
    watcher?.close();
  };
}
