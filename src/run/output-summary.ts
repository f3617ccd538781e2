// Owns what is known of a stored output.

/** What a block printed: the counts are of all of it, the file is beside the journal. */
export interface OutputSummary {
  /** Path relative to the run's folder; absent when nothing was printed. */
  readonly file?: string;
  /** Byte offset in `file`, for a small output that shares its file with others; absent where the file is its own. */
  readonly at?: number;
  /** For such an output: which of its bytes are stderr, as pairs of offsets from its own start. */
  readonly stderrRanges?: readonly number[];
  /** SHA-256 in hexadecimal of the bytes that are stored; absent in journals of version 0.1.0. */
  readonly digest?: string;
  /** The same of the file beside a `file` of its own that says which of its bytes are stderr; absent where all is stdout. */
  readonly rangesDigest?: string;
  readonly stdoutBytes: number;
  readonly stderrBytes: number;
  /** Number of newline characters in both. */
  readonly lines: number;
  /** Set when something was withheld because a limit was reached, with the number of bytes. */
  readonly droppedBytes?: number;
}
