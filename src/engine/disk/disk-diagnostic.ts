// Owns what is said when the disk refuses.
import type { Diagnostic } from '../../text/diagnostic.ts';
import { systemErrorCode } from '../files/file-operations.ts';

const instead = 'run with `--log copy` to write the results to a copy in `runs/` instead';

const words: Readonly<Record<string, { code: string; message: string; help: string }>> = {
  EACCES: { code: 'not-permitted', message: 'permission denied', help: instead },
  EPERM: { code: 'not-permitted', message: 'operation not permitted', help: instead },
  EROFS: { code: 'disk-read-only', message: 'the disk is read-only', help: instead },
  ENOSPC: { code: 'disk-full', message: 'no space is left on the disk', help: 'free some space' },
  EDQUOT: { code: 'disk-full', message: 'the disk quota is used up', help: 'free some space' },
  EFBIG: { code: 'disk-full', message: 'the file would be larger than is allowed', help: 'raise the limit' },
  EIO: { code: 'disk-error', message: 'the disk reported an error', help: 'look at the system log' },
  ENOENT: { code: 'file-missing', message: 'no such file', help: 'was it moved or deleted?' },
  ENOTDIR: { code: 'file-missing', message: 'no such file', help: 'a part of the path is not a folder' },
  ELOOP: { code: 'file-missing', message: 'too many symbolic links', help: 'does a link point to itself?' },
  EISDIR: { code: 'file-is-folder', message: 'it is a folder', help: 'name a file' },
  EBUSY: { code: 'file-busy', message: 'the file is in use by the system', help: instead },
  ETXTBSY: { code: 'file-busy', message: 'the file is in use by the system', help: instead },
  EMFILE: {
    code: 'too-many-files',
    message: 'too many files are open',
    help: 'raise the limit of open files',
  },
  ENFILE: {
    code: 'too-many-files',
    message: 'too many files are open',
    help: 'raise the limit of open files',
  },
};

/** The diagnostic of an error that a file operation threw; `what` is such as ``cannot write `x.md` ``. */
export function diskDiagnostic(what: string, error: unknown): Diagnostic {
  const errno = systemErrorCode(error);
  const known = words[errno ?? ''];
  if (known !== undefined) {
    return { code: known.code, severity: 'error', message: `${what}: ${known.message}`, help: known.help };
  }
  return {
    code: 'disk-error',
    severity: 'error',
    message: `${what}: ${errno ?? String(error)}`,
  };
}
