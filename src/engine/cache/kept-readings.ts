// Owns what is kept of pages that were understood, so that one that has not changed need not be understood again.
import { createHash, hash } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { homeFolder } from '../files/home-folder.ts';
import { cacheFolder } from './cache-folder.ts';
import { readBuild } from './read-build.ts';

/** When there are more, those that were written first go. */
const mostKept = 200;
/** Pages of more bytes are read anew: what is kept of them would take much room, and few are that large. */
const largestPage = 1_000_000;
/** Of the digest that a file begins with, in hexadecimal. */
const digestLength = 64;

/**
 * Readings of earlier processes, each a file of its own. What is kept goes by everything that a reading depends on, and
 * by the build of the tool and of Node: it is what reading anew would give. A file that another account could have
 * written, or that is not whole, counts as none; where nothing can be kept, everything is read.
 */
export class KeptReadings {
  readonly #folder: string;
  readonly #build: string | undefined;
  /** What was taken from there and not been read anew since. */
  readonly #taken = new Map<string, { readonly reading: unknown; readonly read: () => unknown }>();
  #isWrong = false;

  constructor(folder = cacheFolder(process.env, homeFolder()), build = readBuild()) {
    this.#folder = join(folder, 'readings');
    this.#build = build;
  }

  /**
   * The reading of `bytes` where `others` holds: as it is kept, else what `read` gives, which is kept then. A reading is
   * data without functions and classes; what it shares within itself stays shared.
   */
  take<Reading>(bytes: Uint8Array, others: readonly unknown[], read: () => Reading): Reading {
    if (this.#build === undefined || bytes.length > largestPage) return read();
    const key = createHash('sha256')
      .update(serialize([this.#build, process.version, ...others]))
      .update(bytes)
      .digest('hex');
    const kept = this.#find(key);
    if (kept !== undefined) {
      const { reading } = kept as { readonly reading: Reading };
      this.#taken.set(key, { reading, read });
      return reading;
    }
    const reading = read();
    this.#keep(key, reading);
    return reading;
  }

  /**
   * Reads anew all that was taken as it was kept, and tells whether it is the same: whoever can write to the folder can
   * keep what was never read. What is another is forgotten.
   */
  confirm(): boolean {
    for (const [key, { reading, read }] of this.#taken) {
      if (isDeepStrictEqual(reading, read())) continue;
      this.#isWrong = true;
      removeIfThere(join(this.#folder, key));
    }
    this.#taken.clear();
    return !this.#isWrong;
  }

  #find(key: string): { readonly reading: unknown } | undefined {
    try {
      const bytes = readOwn(join(this.#folder, key));
      const content = bytes.subarray(digestLength);
      if (bytes.toString('latin1', 0, digestLength) !== digestOf(key, content)) return undefined;
      return { reading: deserialize(content) };
    } catch {
      return undefined;
    }
  }

  #keep(key: string, reading: unknown): void {
    const draft = join(this.#folder, `${key}.${process.pid}.new`);
    try {
      const content = serialize(reading);
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      writeFileSync(draft, Buffer.concat([Buffer.from(digestOf(key, content)), content]), { mode: 0o600 });
      renameSync(draft, join(this.#folder, key));
      this.#forgetOldest();
    } catch {
      removeIfThere(draft);
    }
  }

  #forgetOldest(): void {
    const names = readdirSync(this.#folder);
    if (names.length <= mostKept) return;
    const byAge = names
      .map((name) => join(this.#folder, name))
      .map((path) => ({ path, at: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
      .sort((left, right) => left.at - right.at);
    for (const { path } of byAge.slice(0, names.length - mostKept)) removeIfThere(path);
  }
}

/** A file of another name must not pass for this one. */
function digestOf(key: string, content: Uint8Array): string {
  return hash('sha256', Buffer.concat([Buffer.from(key), content]), 'hex');
}

/** The bytes of a file that nobody but this account may have written; throws where it is none. */
function readOwn(path: string): Buffer {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const { uid, mode } = fstatSync(descriptor);
    if (uid !== process.geteuid?.() || (mode & 0o022) !== 0) throw new Error(`${path} is somebody else's`);
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function removeIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It is gone, or stays.
  }
}
