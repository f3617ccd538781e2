// Owns the file in which small outputs stand one after the other.
import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeStateFolder, shareFile } from '../files/write-state-file.ts';

/**
 * Most blocks print a line or two, and making a file costs more than running such a block. One process of a run has
 * one such file. It is made with the first output.
 */
export class SmallOutputs {
  /** Relative to the run's folder. */
  readonly file: string;
  readonly #path: string;
  #descriptor: number | undefined;

  /** `file` is relative to `folder` and nobody else's. */
  constructor(folder: string, file: string) {
    this.file = file;
    this.#path = join(folder, file);
  }

  /** Gives the offset at which the bytes begin; undefined where they could not be written. */
  append(bytes: Uint8Array): number | undefined {
    try {
      const { descriptor, size: at } = this.#open();
      for (let written = 0; written < bytes.length; )
        written += writeSync(descriptor, bytes, written, bytes.length - written, at + written);
      return at;
    } catch (error) {
      if (!(error instanceof Error && 'syscall' in error)) throw error;
      return undefined;
    }
  }

  /** Leaves nothing of the bytes that begin there, or NULs where others stand behind them; throws the system's errors. */
  blank(at: number, length: number): void {
    const { descriptor, size } = this.#open();
    if (at + length > size) return;
    writeSync(descriptor, new Uint8Array(length), 0, length, at);
    if (at + length === size) ftruncateSync(descriptor, at);
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #open(): { readonly descriptor: number; readonly size: number } {
    if (this.#descriptor !== undefined) {
      const { nlink, size } = fstatSync(this.#descriptor);
      if (nlink > 0) return { descriptor: this.#descriptor, size };
      // A block that tidied up has removed the file: what is written to it now is nowhere.
      this.close();
    }
    this.#descriptor = openMaking(this.#path);
    return { descriptor: this.#descriptor, size: 0 };
  }
}

/** Opens the file for writing and makes it, and its folder, where they are missing. */
export function openMaking(path: string): number {
  try {
    return openNew(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    makeStateFolder(dirname(path));
    return openNew(path);
  }
}

function openNew(path: string): number {
  const descriptor = openSync(path, 'w', 0o600);
  shareFile(descriptor, path);
  return descriptor;
}
