// Owns what is known of the file of a block before the block writes it.

import type { FileChange } from './file-change.ts';
import type { SavedState } from './saved-state.ts';

/** A file as it was found before its block, or an attempt at it, began. */
export interface ComparedFile {
  /** Where it is, or the item that it is of; on this machine when absent. */
  readonly host?: string;
  /** The variable that is the item; absent for a host. */
  readonly each?: string;
  readonly change: FileChange;
  /** What is needed to put the old file back; absent where it is not to be written. */
  readonly kept?: SavedState;
}
