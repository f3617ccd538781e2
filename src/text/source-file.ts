// Owns the author's bytes and the only conversions between them and text; knows nothing of Markdown.
import type { LineIndex } from './line-index.ts';

/**
 * A file as its author wrote it. `text` is the decoded content without a byte-order mark; every position the
 * tool keeps is a byte offset of `bytes`, and `toByteOffset` is the only way from the one to the other.
 */
export interface SourceFile {
  /** As the user named it; used in messages only. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Decoded content, byte-order mark removed. */
  readonly text: string;
  readonly hasByteOrderMark: boolean;
  /** The newline that the file's first line ends with; `\n` where there is none. */
  readonly newline: '\n' | '\r\n' | '\r';
  readonly lines: LineIndex;
  /** From a UTF-16 offset of `text` to a byte offset of `bytes`. */
  readonly toByteOffset: (textOffset: number) => number;
}
