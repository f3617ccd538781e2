// Owns reading back a bounded part of what a block printed.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { type MaskedBytes, storedBytes } from '../../run/masking/redactor.ts';
import type { OutputSummary } from '../../run/output-summary.ts';
import { excerptReadBytes, type OutputExcerpt } from '../../runbook/regions/output-excerpt.ts';

/** Reads `length` bytes from `position` of one output. */
type ReadAt = (position: number, length: number) => Uint8Array;

/** The outputs that a run's folder keeps. */
export class StoredOutputs {
  readonly #runFolder: string;

  constructor(runFolder: string) {
    this.#runFolder = runFolder;
  }

  /** Head and tail of an output; undefined where nothing was printed or the file is gone. */
  excerpt(output: OutputSummary, whereAll: string): OutputExcerpt | undefined {
    return this.#withOutput(output, (readAt, size) => {
      const whole = size <= excerptReadBytes.head + excerptReadBytes.tail;
      const head = readAt(0, whole ? size : excerptReadBytes.head);
      const tail = whole ? undefined : readAt(size - excerptReadBytes.tail, excerptReadBytes.tail);
      return { head, ...(tail && { tail }), totalBytes: size, totalLines: output.lines, whereAll };
    });
  }

  /** The newest `maxBytes` of an output; empty where there is none. */
  tail(output: OutputSummary, maxBytes: number): MaskedBytes {
    const read = this.#withOutput(output, (readAt, size) => {
      const length = Math.min(size, maxBytes);
      return readAt(size - length, length);
    });
    return storedBytes(read ?? new Uint8Array());
  }

  #withOutput<Value>(output: OutputSummary, use: (readAt: ReadAt, size: number) => Value): Value | undefined {
    if (output.file === undefined) return undefined;
    let descriptor: number;
    try {
      descriptor = openSync(join(this.#runFolder, output.file), 'r');
    } catch {
      return undefined;
    }
    try {
      const { at = 0 } = output;
      const size =
        output.at === undefined ? fstatSync(descriptor).size : output.stdoutBytes + output.stderrBytes;
      return use((position, length) => readFully(descriptor, at + position, length), size);
    } finally {
      closeSync(descriptor);
    }
  }
}

function readFully(descriptor: number, position: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const count = readSync(descriptor, bytes, filled, length - filled, position + filled);
    if (count === 0) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}
