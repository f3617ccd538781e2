// Owns where an attempt's output is kept and how it is read back.

import { createHash, type Hash, hash } from 'node:crypto';
import { appendFileSync, closeSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredOutput } from '../../run/executor.ts';
import { type MaskedBytes, storedBytes } from '../../run/masking/redactor.ts';
import type { OutputSummary } from '../../run/output-summary.ts';
import { writeStateFile } from '../files/write-state-file.ts';
import type { OutputStream } from './output-stream.ts';
import { readStoredStream } from './read-stored-output.ts';
import { openMaking, type SmallOutputs } from './small-outputs.ts';

/** Takes an attempt's output in the order of its arrival. */
export interface OutputStore extends StoredOutput {
  append(stream: OutputStream, bytes: MaskedBytes): void;
  /** Writes out what is buffered, so that the file can be followed. */
  flush(): void;
  close(): void;
  readonly summary: OutputSummary;
  /** Set when storing failed, with the system's words; later bytes are counted as dropped. */
  readonly failure: string | undefined;
}

const bufferBytes = 256 * 1024;
/** Room enough for most blocks, and little enough to come out of the buffer that small ones share. */
const firstBufferBytes = 2048;
/** What is at least this long is written as it is, without being collected first. */
const largeBytes = 32 * 1024;
const rangesAtOnce = 4096;
const newline = 10;

/** Whose an output is: a block has one on each host, and for each item of its list, by the number of its place. */
export function outputOwner(address: string, where: string | number | undefined): string {
  return where === undefined ? address : `${address}@${where}`;
}

/** Makes an address safe as a file name; different addresses stay different. */
export function outputFileName(address: string, attempt: number): string {
  const safe = [...Buffer.from(address, 'utf8')]
    .map((byte, index) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9_-]/.test(character) || (character === '.' && index > 0)
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
  return `${safe.length > 180 ? `${safe.slice(0, 160)}~${checksum(address)}` : safe}.${attempt}.out`;
}

function checksum(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(text, 'utf8'))
    hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return hash.toString(16);
}

/** What is at most this long when its block has ended, and was not written out before, gets no file of its own. */
const smallBytes = 4096;

/**
 * Keeps all output in `<folder>/<file>`, both streams in the order of their arrival. Which bytes are stderr
 * stands in `<file>.stderr`, one `start end` pair of byte offsets a line; without that file all is stdout.
 * Nothing is made before the first byte, and what is small goes to the file that small outputs share.
 */
export class FileOutput implements OutputStore {
  readonly #folder: string;
  readonly #path: string;
  readonly #file: string;
  readonly #small: SmallOutputs | undefined;
  /** Where the output stands in the shared file, once it does. */
  #shared:
    | { readonly at: number; readonly digest: string; readonly stderrRanges: readonly number[] }
    | undefined;
  /** Of what is in the files of its own; made with the first byte. */
  #hash: Hash | undefined;
  #rangesHash: Hash | undefined;
  #descriptor: number | undefined;
  #pending: Buffer | undefined;
  #pendingBytes = 0;
  #total = 0;
  #stdoutBytes = 0;
  #stderrBytes = 0;
  #lines = 0;
  #dropped = 0;
  #ranges: number[] = [];
  #rangesWritten = false;
  #failure: string | undefined;

  /** `file` is relative to `folder`. */
  constructor(folder: string, file: string, small?: SmallOutputs) {
    this.#folder = folder;
    this.#file = file;
    this.#small = small;
    this.#path = join(folder, file);
  }

  append(stream: OutputStream, bytes: MaskedBytes): void {
    if (bytes.length === 0) return;
    this.#lines += countNewlines(bytes);
    if (stream === 'stdout') this.#stdoutBytes += bytes.length;
    else this.#stderrBytes += bytes.length;
    if (this.#failure !== undefined) {
      this.#dropped += bytes.length;
      return;
    }
    if (stream === 'stderr') this.#markStderr(this.#total, this.#total + bytes.length);
    this.#total += bytes.length;
    if (this.#pendingBytes + bytes.length > bufferBytes) this.flush();
    if (bytes.length >= largeBytes) {
      this.flush();
      this.#write(bytes);
      return;
    }
    this.#pending ??= Buffer.allocUnsafe(Math.min(bufferBytes, Math.max(firstBufferBytes, bytes.length)));
    if (this.#pendingBytes + bytes.length > this.#pending.length) {
      const larger = Buffer.allocUnsafe(bufferBytes);
      this.#pending.copy(larger, 0, 0, this.#pendingBytes);
      this.#pending = larger;
    }
    this.#pending.set(bytes, this.#pendingBytes);
    this.#pendingBytes += bytes.length;
  }

  flush(): void {
    if (this.#pending === undefined || this.#pendingBytes === 0) return;
    const bytes = this.#pending.subarray(0, this.#pendingBytes);
    this.#pendingBytes = 0;
    this.#write(bytes);
  }

  close(): void {
    if (this.#shared !== undefined || this.#share()) return;
    this.flush();
    this.#writeRanges();
    this.#pending = undefined;
    if (this.#descriptor === undefined) return;
    closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  get summary(): OutputSummary {
    const empty = this.#stdoutBytes + this.#stderrBytes === 0;
    return {
      ...(empty ? {} : this.#place()),
      stdoutBytes: this.#stdoutBytes,
      stderrBytes: this.#stderrBytes,
      lines: this.#lines,
      ...(this.#dropped === 0 ? {} : { droppedBytes: this.#dropped }),
    };
  }

  /** Leaves nothing of it on the disk, once it is closed; throws the system's errors. */
  discard(): void {
    if (this.#shared !== undefined) this.#small?.blank(this.#shared.at, this.#total);
    else for (const path of [this.#path, `${this.#path}.stderr`]) rmSync(path, { force: true });
  }

  get failure(): string | undefined {
    return this.#failure;
  }

  get stdoutBytes(): number {
    return this.#stdoutBytes;
  }

  readStdout(limit: number): MaskedBytes {
    return this.#stdoutBytes === 0 ? storedBytes(new Uint8Array()) : this.#read('stdout', limit);
  }

  readStderr(limit: number): MaskedBytes {
    return this.#stderrBytes === 0 ? storedBytes(new Uint8Array()) : this.#read('stderr', limit);
  }

  #read(stream: OutputStream, limit: number): MaskedBytes {
    if (this.#shared === undefined) {
      this.flush();
      this.#writeRanges();
    }
    return readStoredStream(this.#folder, this.summary, stream, limit);
  }

  /** Puts a small output to the others; false when it is not small or cannot be put there. */
  #share(): boolean {
    const bytes = this.#pending?.subarray(0, this.#pendingBytes);
    if (this.#small === undefined || bytes === undefined || bytes.length !== this.#total) return false;
    if (bytes.length === 0 || bytes.length > smallBytes) return false;
    const at = this.#small.append(bytes);
    if (at === undefined) return false;
    this.#shared = { at, digest: hash('sha256', bytes, 'hex'), stderrRanges: this.#ranges };
    this.#pending = undefined;
    this.#pendingBytes = 0;
    return true;
  }

  #place(): Pick<OutputSummary, 'file' | 'at' | 'stderrRanges' | 'digest' | 'rangesDigest'> {
    if (this.#small === undefined || this.#shared === undefined) {
      return {
        file: this.#file,
        ...(this.#hash && { digest: this.#hash.copy().digest('hex') }),
        ...(this.#rangesHash && { rangesDigest: this.#rangesHash.copy().digest('hex') }),
      };
    }
    const { at, digest, stderrRanges } = this.#shared;
    return { file: this.#small.file, at, digest, ...(stderrRanges.length === 0 ? {} : { stderrRanges }) };
  }

  #write(bytes: Uint8Array): void {
    try {
      if (this.#descriptor === undefined) this.#descriptor = openMaking(this.#path);
      this.#hash ??= createHash('sha256');
      for (let written = 0; written < bytes.length; ) {
        const count = writeSync(this.#descriptor, bytes, written, bytes.length - written);
        this.#hash.update(bytes.subarray(written, written + count));
        written += count;
      }
    } catch (error) {
      this.#failure = (error as Error).message;
      this.#dropped += bytes.length;
    }
  }

  #markStderr(start: number, end: number): void {
    if (this.#ranges.at(-1) === start) this.#ranges[this.#ranges.length - 1] = end;
    else this.#ranges.push(start, end);
    if (this.#ranges.length >= 2 * rangesAtOnce) this.#writeRanges();
  }

  #writeRanges(): void {
    if (this.#ranges.length === 0) return;
    let lines = '';
    for (let index = 0; index < this.#ranges.length; index += 2)
      lines += `${this.#ranges[index]} ${this.#ranges[index + 1]}\n`;
    this.#ranges = [];
    try {
      const path = `${this.#path}.stderr`;
      if (this.#rangesWritten) appendFileSync(path, lines);
      else writeStateFile(path, lines);
      this.#rangesWritten = true;
      this.#rangesHash ??= createHash('sha256');
      this.#rangesHash.update(lines);
    } catch (error) {
      this.#failure ??= (error as Error).message;
    }
  }
}

const noWords = new Uint32Array();

/** Four bytes at a time, for every byte of every output passes here. */
function countNewlines(bytes: Uint8Array): number {
  let count = 0;
  let index = 0;
  const { buffer, byteOffset, length } = bytes;
  while (index < length && (byteOffset + index) % 4 !== 0) if (bytes[index++] === newline) count++;
  // Where the bytes end before the first whole word, a word array could not even be made.
  const words = index < length ? new Uint32Array(buffer, byteOffset + index, (length - index) >> 2) : noWords;
  for (let at = 0; at < words.length; at++) {
    // A byte that is a newline becomes zero, and a zero byte, and only that, keeps its highest bit.
    const folded = (words[at] ?? 0) ^ 0x0a0a0a0a;
    const zeros = ~((((folded & 0x7f7f7f7f) + 0x7f7f7f7f) | folded | 0x7f7f7f7f) >>> 0);
    if (zeros !== 0) count += Math.imul(zeros >>> 7, 0x01010101) >>> 24;
  }
  index += words.length * 4;
  for (; index < length; index++) if (bytes[index] === newline) count++;
  return count;
}

/** Conditions print for nobody; this much is kept for messages. */
export const conditionOutputBytes = 64 * 1024;

/** Keeps the first `limit` bytes in memory: the output of conditions and probes, which nobody looks up later. */
export class MemoryOutput implements OutputStore {
  readonly #pieces: { readonly stream: OutputStream; readonly bytes: Uint8Array }[] = [];
  readonly #limit: number;
  #kept = 0;
  #stdoutBytes = 0;
  #stderrBytes = 0;
  #lines = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  append(stream: OutputStream, bytes: MaskedBytes): void {
    this.#lines += countNewlines(bytes);
    if (stream === 'stdout') this.#stdoutBytes += bytes.length;
    else this.#stderrBytes += bytes.length;
    const kept = Buffer.from(bytes.subarray(0, this.#limit - this.#kept));
    if (kept.length === 0) return;
    this.#kept += kept.length;
    this.#pieces.push({ stream, bytes: kept });
  }

  flush(): void {}

  close(): void {}

  get summary(): OutputSummary {
    const dropped = this.#stdoutBytes + this.#stderrBytes - this.#kept;
    return {
      stdoutBytes: this.#stdoutBytes,
      stderrBytes: this.#stderrBytes,
      lines: this.#lines,
      ...(dropped === 0 ? {} : { droppedBytes: dropped }),
    };
  }

  readonly failure = undefined;

  get stdoutBytes(): number {
    return this.#stdoutBytes;
  }

  readStdout(limit: number): MaskedBytes {
    return this.#read('stdout', limit);
  }

  readStderr(limit: number): MaskedBytes {
    return this.#read('stderr', limit);
  }

  #read(wanted: OutputStream, limit: number): MaskedBytes {
    const pieces = this.#pieces.filter(({ stream }) => stream === wanted);
    return storedBytes(Buffer.concat(pieces.map(({ bytes }) => bytes)).subarray(0, limit));
  }
}
