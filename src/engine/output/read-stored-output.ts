// Owns reading a stored output back by stream.
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { type MaskedBytes, storedBytes } from '../../run/masking/redactor.ts';
import type { OutputSummary } from '../../run/output-summary.ts';
import type { OutputStream } from './output-stream.ts';

/** Up to `limit` bytes of one stream from the start of a stored output. */
export function readStoredStream(
  runFolder: string,
  output: OutputSummary,
  stream: OutputStream,
  limit: number,
): MaskedBytes {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (const piece of readStoredOutput(runFolder, output)) {
    if (piece.stream !== stream) continue;
    const bytes = piece.bytes.subarray(0, limit - length);
    pieces.push(bytes);
    length += bytes.length;
    if (length >= limit) break;
  }
  return storedBytes(Buffer.concat(pieces, length));
}

/** A stored output piece by piece, in order of arrival, each piece of one stream and at most 64 KB long. */
export function* readStoredOutput(
  runFolder: string,
  output: OutputSummary,
): Generator<{ stream: OutputStream; bytes: MaskedBytes }> {
  if (output.file === undefined) return;
  const path = join(runFolder, output.file);
  const start = output.at ?? 0;
  const end = output.at === undefined ? Number.POSITIVE_INFINITY : output.stdoutBytes + output.stderrBytes;
  const ranges = output.at === undefined ? readRanges(`${path}.stderr`) : pairs(output.stderrRanges ?? []);
  const descriptor = openSync(path, 'r');
  try {
    let at = 0;
    let range = 0;
    for (;;) {
      const next = ranges[range];
      const stream: OutputStream = next !== undefined && at >= next[0] ? 'stderr' : 'stdout';
      const until = next === undefined ? end : stream === 'stderr' ? next[1] : next[0];
      const bytes = Buffer.allocUnsafe(Math.min(65536, until - at));
      const count = readSync(descriptor, bytes, 0, bytes.length, start + at);
      if (count === 0) return;
      yield { stream, bytes: storedBytes(bytes.subarray(0, count)) };
      at += count;
      if (next !== undefined && at >= next[1]) range++;
    }
  } finally {
    closeSync(descriptor);
  }
}

type Range = readonly [start: number, end: number];

function pairs(offsets: readonly number[]): Range[] {
  const ranges: Range[] = [];
  for (let index = 0; index + 1 < offsets.length; index += 2)
    ranges.push([offsets[index] ?? 0, offsets[index + 1] ?? 0]);
  return ranges;
}

function readRanges(path: string): Range[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return [...text.matchAll(/^(\d+) (\d+)$/gm)].map((match) => [Number(match[1]), Number(match[2])]);
}
