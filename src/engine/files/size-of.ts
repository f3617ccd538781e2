// Owns how many bytes a file has.
import { statSync } from 'node:fs';
import { systemErrorCode } from './file-operations.ts';

/** Undefined where it cannot be had. */
export function sizeOf(path: string): number | undefined {
  try {
    return statSync(path).size;
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return undefined;
  }
}
