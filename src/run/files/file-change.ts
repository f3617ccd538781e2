// Owns what is told of the change that a block makes to its file.
import type { MaskedText } from '../masking/redactor.ts';

/** How the file of a block stands to what the block makes of it. */
export type FileState =
  /** There is none. */
  | 'new'
  | 'changed'
  /** It is as it is to be. */
  | 'same'
  /** It is neither what it was before the block began nor what the block was to make of it. */
  | 'foreign';

/** A value before and after; `from` is absent where there was none. */
export interface Was {
  readonly from?: string;
  readonly to: string;
}

/** The change that a block makes to its file, as it may be told. */
export interface FileChange {
  /** Absolute, links followed. */
  readonly path: MaskedText;
  readonly state: FileState;
  /** Lines added and taken away. */
  readonly added: number;
  readonly removed: number;
  /** As a unified difference, bounded; absent where no line that may be shown differs. */
  readonly difference?: MaskedText;
  /** Octal digits; absent where they stay. */
  readonly mode?: Was;
  readonly owner?: Was;
}
