// Owns reading back a bounded part of what a block printed; knows nothing of who wants to see it.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { OutputSummary } from '../run/event.ts';
import { excerptReadBytes, type OutputExcerpt } from '../runbook/output-excerpt.ts';

/** Head and tail of a stored output; undefined where nothing was printed or the file is gone. */
export function readExcerpt(
  runFolder: string,
  output: OutputSummary,
  whereAll: string,
): OutputExcerpt | undefined {
  if (output.file === undefined) return undefined;
  return withFile(join(runFolder, output.file), (descriptor, size) => {
    const whole = size <= excerptReadBytes.head + excerptReadBytes.tail;
    const head = readAt(descriptor, 0, whole ? size : excerptReadBytes.head);
    const tail = whole ? undefined : readAt(descriptor, size - excerptReadBytes.tail, excerptReadBytes.tail);
    return { head, ...(tail && { tail }), totalBytes: size, totalLines: output.lines, whereAll };
  });
}

/** The newest `maxBytes` of a stored output; empty where there is none. */
export function readTail(runFolder: string, file: string, maxBytes: number): Uint8Array {
  const read = withFile(join(runFolder, file), (descriptor, size) => {
    const length = Math.min(size, maxBytes);
    return readAt(descriptor, size - length, length);
  });
  return read ?? new Uint8Array();
}

function withFile<Value>(path: string, use: (descriptor: number, size: number) => Value): Value | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch {
    return undefined;
  }
  try {
    return use(descriptor, fstatSync(descriptor).size);
  } finally {
    closeSync(descriptor);
  }
}

function readAt(descriptor: number, position: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const count = readSync(descriptor, bytes, filled, length - filled, position + filled);
    if (count === 0) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}
