// Owns getting a runbook's bytes from the disk.
import type { Result } from '../../basics/result.ts';
import { fail, ok } from '../../basics/result.ts';
import { typedWord } from '../../languages/shell/shell-quote.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { type FileOperations, nodeFileOperations, readFully } from '../files/file-operations.ts';
import { diskDiagnostic } from './disk-diagnostic.ts';
import type { FileIdentity } from './file-identity.ts';
import { identify } from './file-identity.ts';

/** A runbook as it was read. */
export interface RunbookFile {
  /** As the user named it. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly identity: FileIdentity;
}

/** Larger files are refused, 16 MB. */
const runbookSizeLimit = 16_000_000;

/** Reads a runbook; a folder, a device, a FIFO, a missing or an unreadable file and one too large are data. */
export function readRunbookFile(
  path: string,
  files: FileOperations = nodeFileOperations,
): Result<RunbookFile, Diagnostic> {
  try {
    // The look comes before the reading: opening a FIFO would wait, and a change in between must be seen later.
    const stat = files.stat(path);
    if (stat === undefined) return fail(missing(path));
    if (stat.isDirectory()) return fail(folder(path));
    if (!stat.isFile()) return fail(noFile(path));
    if (stat.size > BigInt(runbookSizeLimit)) return fail(tooLarge(path));
    const bytes = readFully(files, path);
    return ok({ path, bytes, identity: identify(stat, bytes) });
  } catch (error) {
    const diagnostic = diskDiagnostic(`cannot read \`${path}\``, error);
    if (diagnostic.code !== 'not-permitted') return fail(diagnostic);
    return fail({ ...diagnostic, code: 'file-not-readable', help: 'check the permissions of the file' });
  }
}

function missing(path: string): Diagnostic {
  // What Node makes of bytes that are no UTF-8; no file can be opened by such a name.
  if (path.includes('\ufffd'))
    return {
      code: 'file-missing',
      severity: 'error',
      message: `cannot read \`${path}\`: a name on the way to it is not valid UTF-8`,
      help: 'rename it; files can be opened by names in UTF-8 only',
    };
  return diskDiagnostic(
    `cannot read \`${path}\``,
    Object.assign(new Error(), { code: 'ENOENT', syscall: 'stat' }),
  );
}

function noFile(path: string): Diagnostic {
  return {
    code: 'not-a-file',
    severity: 'error',
    message: `cannot read \`${path}\`: it is not a regular file`,
    help: 'runbooks are read from files, because results are written into them',
  };
}

function tooLarge(path: string): Diagnostic {
  return {
    code: 'file-too-large',
    severity: 'error',
    message: `cannot read \`${path}\`: it is larger than 16 MB`,
    help: 'is it a runbook?',
  };
}

function folder(path: string): Diagnostic {
  return {
    code: 'file-is-folder',
    severity: 'error',
    message: `cannot read \`${path}\`: it is a folder`,
    help: `\`runsheet list ${typedWord(path)}\` shows the runbooks in it`,
  };
}
