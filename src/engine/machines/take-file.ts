// Owns taking what a block has left at a path that was meant for a file: it may have made anything else there.
import { closeSync, constants, existsSync, fstatSync, openSync, readSync, rmSync, type Stats } from 'node:fs';
import { errorMessage } from '../../basics/coded-error.ts';
import { systemErrorCode } from '../files/file-operations.ts';

/** What was there. */
export type TakenFile =
  | { readonly bytes: Uint8Array; readonly isWhole: boolean }
  /** Why it was not read: `it is a folder`. */
  | { readonly unread: string };

/** Reads up to `limitBytes` of the file and takes it away; undefined where there is nothing. Waits for nobody. */
export function takeFile(path: string, limitBytes: number): TakenFile | undefined {
  // Most have none, which this learns in a third of the time.
  if (!existsSync(path)) return undefined;
  try {
    return readFile(path, limitBytes);
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return { unread: errorMessage(error) };
  } finally {
    remove(path);
  }
}

function readFile(path: string, limitBytes: number): TakenFile {
  // A pipe that nobody writes to would be waited for.
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) return { unread: `it is ${kindOf(stats)}` };
    const bytes = Buffer.allocUnsafe(Math.min(stats.size, limitBytes) + 1);
    let filled = 0;
    for (let count = -1; count !== 0 && filled < bytes.length; filled += count)
      count = readSync(descriptor, bytes, filled, bytes.length - filled, null);
    const end = Math.min(filled, limitBytes);
    return { bytes: bytes.subarray(0, end), isWhole: filled <= limitBytes };
  } finally {
    closeSync(descriptor);
  }
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder';
  return stats.isFIFO() ? 'a pipe' : 'a device';
}

/** Where it cannot be taken away, it goes with the folder that it is in. */
function remove(path: string): void {
  try {
    rmSync(path, { force: true, recursive: true });
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
  }
}
