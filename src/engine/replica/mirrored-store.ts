// Owns a folder of runs that are worked on elsewhere: what is in it is looked at here, and written by nobody but the
// mirror.

import type { RunFolder } from '../journal/run-folder.ts';
import { RunStore } from '../journal/run-store.ts';

export class MirroredStore extends RunStore {
  /** The runs that a worker has now. */
  running: ReadonlySet<string> = new Set();

  override isLive(folder: RunFolder): boolean {
    return this.running.has(folder.id);
  }
}
