// Owns reading the digest of a file, or of a part of it, whatever its size.
import { createHash } from 'node:crypto';
import { type FileOperations, systemErrorCode, withDescriptor } from '../files/file-operations.ts';

const chunkBytes = 1024 * 1024;

/** A part of a file, from `at` on to `end`; the end of the file where that is absent. */
export interface Part {
  readonly at: number;
  readonly end?: number;
}

/** SHA-256 in hexadecimal; undefined where there is no such file. */
export function digestOfFile(
  files: FileOperations,
  path: string,
  { at, end }: Part = { at: 0 },
): string | undefined {
  try {
    return withDescriptor(files, files.open(path, 'r'), (descriptor) => {
      const hash = createHash('sha256');
      const chunk = new Uint8Array(Math.min(chunkBytes, Math.max(1, (end ?? files.size(descriptor)) - at)));
      for (let position = at; end === undefined || position < end; ) {
        const room = end === undefined ? chunk : chunk.subarray(0, end - position);
        const count = files.read(descriptor, room, position);
        if (count === 0) break;
        hash.update(chunk.subarray(0, count));
        position += count;
      }
      return hash.digest('hex');
    });
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return undefined;
  }
}
