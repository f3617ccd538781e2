// Owns the answer to "is this still the file that was read?".
import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { type FileOperations, readFully } from '../files/file-operations.ts';

/** What tells one content of a file from another. */
export interface FileIdentity {
  readonly device: bigint;
  readonly inode: bigint;
  readonly size: bigint;
  /** Nanoseconds since 1970. */
  readonly modifiedNs: bigint;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly digest: string;
  /**
   * False when the file had been changed within a tick of its clock before it was looked at: another change in
   * that tick would leave the time as it is, so that only the bytes can tell.
   */
  readonly settled: boolean;
}

/** File times advance by the kernel's timer, some milliseconds; network disks can be coarser. */
const tickNs = 50_000_000n;

/** `bytes` must not change: their digest is made when it is asked for, because many commands never do. */
export function identify(stat: BigIntStats, bytes: Uint8Array): FileIdentity {
  let digest: string | undefined;
  return {
    device: stat.dev,
    inode: stat.ino,
    size: stat.size,
    modifiedNs: stat.mtimeNs,
    get digest() {
      digest ??= digestOf(bytes);
      return digest;
    },
    settled: BigInt(Date.now()) * 1_000_000n - stat.mtimeNs > tickNs,
  };
}

/** SHA-256, hexadecimal. */
export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Whether the file at `path` holds the same bytes; looks into it only where its times do not tell. */
export function isUnchanged(files: FileOperations, path: string, identity: FileIdentity): boolean {
  const stat = files.stat(path);
  if (stat === undefined || !stat.isFile() || stat.size !== identity.size) return false;
  if (identity.settled && looksSame(stat, identity)) return true;
  return digestOf(readFully(files, path)) === identity.digest;
}

/** The quick look: same file, same size, same time. */
export function isSameVersion(left: BigIntStats, right: BigIntStats): boolean {
  return (
    left.dev === right.dev &&
    left.ino === right.ino &&
    left.size === right.size &&
    left.mtimeNs === right.mtimeNs
  );
}

function looksSame(stat: BigIntStats, identity: FileIdentity): boolean {
  return (
    stat.dev === identity.device &&
    stat.ino === identity.inode &&
    stat.size === identity.size &&
    stat.mtimeNs === identity.modifiedNs
  );
}
