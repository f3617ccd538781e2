// Owns the error of a journal that could not be written.
import { systemWords } from '../../basics/system-words.ts';

/** Events could not be put on disk; none of them is in the journal. `code` is the system's, such as `ENOSPC`. */
export class JournalWriteFailure extends Error {
  override readonly name = 'JournalWriteFailure';
  readonly path: string;
  readonly code: string;
  /** Whether a later `append` may succeed; not so after a failed sync, whose effect on the file nobody knows. */
  readonly usable: boolean;

  constructor(path: string, code: string, usable: boolean, cause?: unknown) {
    super(`cannot write \`${path}\`: ${systemWords({ code, message: code })}`, { cause });
    this.path = path;
    this.code = code;
    this.usable = usable;
  }
}
