// Owns reading a file that another account may have left, and whose it is.
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import { isCodedError } from '../../basics/coded-error.ts';
import { fail, ok, type Result } from '../../basics/result.ts';

/** Nobody has more to say. */
const limitBytes = 64 * 1024;

/** Who else may write to it than its owner. */
const othersMayWrite = constants.S_IWGRP | constants.S_IWOTH;

/** A file, and the number of the account that owns it. */
export interface PostedFile {
  readonly text: string;
  readonly uid: number;
}

/** Why nobody can be taken to have written a file, in words that go on from its name; the owner where that is known. */
export interface UntrustedFile {
  readonly why: string;
  readonly uid?: number;
}

/**
 * What its owner alone can have written: an ordinary file with one name, that nobody else may write to. Throws the
 * system's error where it is gone.
 */
export function readPostedFile(path: string): Result<PostedFile, UntrustedFile> {
  const { uid } = lstatSync(path);
  let descriptor: number;
  try {
    // Neither another file by a link, nor a pipe that nobody writes to.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (!isCodedError(error) || error.code === 'ENOENT') throw error;
    const isLink = error.code === 'ELOOP' || error.code === 'EMLINK';
    return fail({ why: isLink ? 'is a symbolic link' : `cannot be read (${error.code})`, uid });
  }
  try {
    const { mode, nlink, size, uid: owner } = fstatSync(descriptor);
    if ((mode & constants.S_IFMT) !== constants.S_IFREG)
      return fail({ why: 'is not an ordinary file', uid: owner });
    // Whoever made the second name need not be its owner.
    if (nlink !== 1) return fail({ why: 'has a second name, such as a hard link made by somebody else' });
    if ((mode & othersMayWrite) !== 0) return fail({ why: 'can be written by others than its owner' });
    if (size > limitBytes) return fail({ why: `is longer than ${limitBytes} bytes`, uid: owner });
    const bytes = Buffer.alloc(size);
    const length = readSync(descriptor, bytes, 0, size, 0);
    return ok({ text: bytes.toString('utf8', 0, length), uid: owner });
  } finally {
    closeSync(descriptor);
  }
}
