// Owns the words for what the system refuses.
import type { CodedError } from '../../basics/coded-error.ts';

const words: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EROFS: 'the disk is read-only',
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the disk quota is used up',
  EIO: 'the disk reported an error',
  ENOENT: 'no such file',
  ENOTDIR: 'a part of the path is not a folder',
};

/** Why the system refused, without the name of its call; what the error says itself where there are no words for it. */
export function systemWords({ code, message }: CodedError): string {
  return words[code] ?? message;
}
