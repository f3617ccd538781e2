// Owns the words for what the system refuses.

interface SystemError {
  readonly code: string;
  readonly message: string;
  /** The call that was refused. */
  readonly syscall?: string;
}

const words: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EROFS: 'the disk is read-only',
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than is allowed',
  ETIMEDOUT: 'the system did not answer in time',
  EIO: 'the disk reported an error',
  EISDIR: 'it is a folder',
  EEXIST: 'it is there already',
  ELOOP: 'too many symbolic links',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
};

/** Calls that only folders are for. */
const ofFolders = /^(?:scandir|opendir|mkdir|mkdtemp|chdir|watch)$/;

/** Why the system refused, without the name of its call; what the error says itself where there are no words for it. */
export function systemWords({ code, message, syscall = '' }: SystemError): string {
  if (code === 'ENOENT') return ofFolders.test(syscall) ? 'no such folder' : 'no such file';
  if (code === 'ENOTDIR')
    return syscall === 'scandir' ? 'it is no folder' : 'a part of the path is not a folder';
  return words[code] ?? message;
}
