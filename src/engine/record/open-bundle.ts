// Owns reading the file in which a run came from another machine. Nothing of it is believed before it was compared.
import { createHash } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { errorMessage } from '../../basics/coded-error.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import {
  nodeFileOperations as files,
  syncFolder,
  systemErrorCode,
  withDescriptor,
  writeFully,
} from '../files/file-operations.ts';
import { stateFileOperations } from '../files/write-state-file.ts';
import { type BundleHead, type BundlePart, bundleLimits, readFirstLine, readHead } from './bundle-head.ts';
import { digestOfFile } from './digest-of-file.ts';

const chunkBytes = 1024 * 1024;

/** A bundle whose head is whole; the parts begin at `at`. */
export interface OpenBundle {
  readonly path: string;
  readonly head: BundleHead;
  readonly at: number;
}

/** Reads the head, and that the file is as long as it says; else says in words what is wrong. */
export function openBundle(path: string): Result<OpenBundle, string> {
  return inWords('cannot be read', path, () =>
    lstatSync(path).isFile() ? readBeginning(path) : fail('is no file'),
  );
}

/** What the system refuses is said in words. */
function inWords<Value>(
  what: string,
  about: string,
  use: () => Result<Value, string>,
): Result<Value, string> {
  try {
    return use();
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return fail(`${what}: ${errorMessage(error, about)}`);
  }
}

function readBeginning(path: string): Result<OpenBundle, string> {
  return withDescriptor(files, files.open(path, 'r'), (source) => {
    const size = files.size(source);
    const beginning = readPart(source, 0, Math.min(size, bundleLimits.line));
    const end = beginning.indexOf(0x0a);
    const first = end < 0 ? undefined : readFirstLine(new TextDecoder().decode(beginning.subarray(0, end)));
    if (first === undefined) return fail('is no run that was handed over');
    if (first.version !== 1)
      return fail(`was written by a newer version of runsheet (its format is ${first.version})`);
    if (first.bytes > bundleLimits.head || end + 1 + first.bytes > size)
      return fail('is damaged: its end is missing');
    const head = readHead(readPart(source, end + 1, first.bytes), first.digest);
    if (head === undefined) return fail('is damaged: its head is not as it was written');
    const at = end + 1 + first.bytes;
    const whole = head.parts.reduce((sum, { bytes }) => sum + bytes, at);
    if (whole > size) return fail('is damaged: its end is missing');
    if (whole < size) return fail('is damaged: there is more in it than was written');
    return ok({ path, head, at });
  });
}

/**
 * Writes all parts below `folder`, which is there and empty; says in words which part is not as it was written, or cannot
 * be kept here.
 */
export function unpackBundle(bundle: OpenBundle, folder: string): Result<undefined, string> {
  return inWords('cannot be unpacked', bundle.path, () => copyParts(bundle, folder));
}

function copyParts({ path, head, at }: OpenBundle, folder: string): Result<undefined, string> {
  return withDescriptor(files, files.open(path, 'r'), (source) => {
    let position = at;
    const made = new Set(['.']);
    for (const part of head.parts) {
      makeFolders(folder, dirname(part.name), made);
      if (copyPart(source, position, part, join(folder, part.name)) !== part.digest)
        return fail(`is damaged: \`${part.name}\` in it is not as it was written`);
      position += part.bytes;
    }
    for (const name of made) syncFolder(files, join(folder, name));
    return ok(undefined);
  });
}

/** SHA-256 of the first bytes of a part, in hexadecimal; undefined where it is not that long. */
export function digestOfPart(
  { path, head, at }: OpenBundle,
  name: string,
  bytes: number,
): string | undefined {
  const index = head.parts.findIndex((part) => part.name === name);
  const part = head.parts[index];
  if (part === undefined || part.bytes < bytes) return undefined;
  const start = head.parts.slice(0, index).reduce((sum, before) => sum + before.bytes, at);
  return digestOfFile(files, path, { at: start, end: start + bytes });
}

function makeFolders(root: string, name: string, made: Set<string>): void {
  if (made.has(name)) return;
  makeFolders(root, dirname(name), made);
  stateFileOperations.makeFolder(join(root, name), 0o700);
  made.add(name);
}

/** Gives the digest of what was copied. */
function copyPart(source: number, at: number, { bytes }: BundlePart, path: string): string {
  const hash = createHash('sha256');
  withDescriptor(files, stateFileOperations.open(path, 'wx', 0o600), (target) => {
    for (let done = 0; done < bytes; ) {
      const chunk = readPart(source, at + done, Math.min(chunkBytes, bytes - done));
      if (chunk.length === 0) return;
      hash.update(chunk);
      writeFully(files, target, chunk, done);
      done += chunk.length;
    }
    files.sync(target);
  });
  return hash.digest('hex');
}

function readPart(source: number, at: number, bytes: number): Uint8Array {
  const part = new Uint8Array(bytes);
  let filled = 0;
  while (filled < bytes) {
    const count = files.read(source, part.subarray(filled), at + filled);
    if (count === 0) break;
    filled += count;
  }
  return part.subarray(0, filled);
}
