// Owns the named pipes that blocks write to and their reuse; knows nothing of what flows through them.
import { execFile } from 'node:child_process';
import { closeSync, constants, existsSync, mkdirSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What reading without waiting gave: bytes, nothing at the moment, or the end because nobody can write. */
export type ReadOutcome = number | 'empty' | 'end';

/** Reads what is there into `buffer` without waiting. */
export function readNow(descriptor: number, buffer: Uint8Array): ReadOutcome {
  try {
    const count = readSync(descriptor, buffer, 0, buffer.length, null);
    return count === 0 ? 'end' : count;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 'empty';
    throw error;
  }
}

/** Opens a named pipe for reading without waiting for a writer. */
export function openReader(path: string): number {
  return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
}

/** Two named pipes: one for stdout, one for stderr. */
export interface FifoPair {
  readonly index: number;
  readonly stdoutPath: string;
  readonly stderrPath: string;
}

const pairsAtOnce = 8;
/** How often a pipe that a left-over process holds is emptied, so that the process is not blocked. */
const drainIntervalMs = 100;

/**
 * Hands out pairs of named pipes in a private folder. A pair is handed out again only when its last writer
 * is gone, so that a process which one block left behind can never write into another block's output.
 */
export class FifoPool {
  readonly folder: string;
  readonly #free: FifoPair[] = [];
  #made = 0;
  /** Made with the first pipes, so that the usual run starts `mkfifo` once. */
  #statePipe: string | undefined;
  readonly #drains = new Set<() => void>();

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes the first pipes of the pool below `folder`, which must be private to the user. */
  static async create(folder: string): Promise<FifoPool> {
    const pool = new FifoPool(folder);
    await pool.#makeMore();
    return pool;
  }

  /** Path of a pipe through which one shell sends its states. */
  async acquireStatePipe(): Promise<string> {
    const path = this.#statePipe ?? join(this.folder, `s${this.#made++}`);
    if (this.#statePipe === undefined || !existsSync(path)) await this.#makePipes([path]);
    this.#statePipe = undefined;
    return path;
  }

  async acquire(): Promise<FifoPair> {
    for (let pair = this.#free.shift(); pair !== undefined; pair = this.#free.shift()) {
      // A block that tidies up temporary files may have removed ours.
      if (existsSync(pair.stdoutPath) && existsSync(pair.stderrPath)) return pair;
    }
    await this.#makeMore();
    return this.acquire();
  }

  /** Gives back a pair whose writers are all gone. */
  release(pair: FifoPair): void {
    this.#free.push(pair);
  }

  /**
   * Takes over a pair that a process still holds: what it writes is read and dropped, so that the process
   * can go on, and the pair comes back to the pool when the process has ended.
   */
  drain(pair: FifoPair, descriptors: readonly number[]): void {
    const scratch = new Uint8Array(65536);
    const open = new Set(descriptors);
    const finish = (): void => {
      clearInterval(timer);
      this.#drains.delete(finish);
      for (const descriptor of open) closeSync(descriptor);
      open.clear();
    };
    const timer = setInterval(() => {
      for (const descriptor of open) {
        let outcome = readNow(descriptor, scratch);
        for (let reads = 1; typeof outcome === 'number' && reads < 16; reads++)
          outcome = readNow(descriptor, scratch);
        if (outcome !== 'end') continue;
        open.delete(descriptor);
        closeSync(descriptor);
      }
      if (open.size > 0) return;
      finish();
      this.release(pair);
    }, drainIntervalMs);
    timer.unref();
    this.#drains.add(finish);
  }

  close(): void {
    for (const finish of [...this.#drains]) finish();
  }

  async #makeMore(): Promise<void> {
    const pairs: FifoPair[] = [];
    const paths: string[] = [];
    if (this.#made === 0) {
      this.#statePipe = join(this.folder, 's');
      paths.push(this.#statePipe);
    }
    for (let count = 0; count < pairsAtOnce; count++) {
      const index = this.#made++;
      const stdoutPath = join(this.folder, `o${index}`);
      const stderrPath = join(this.folder, `e${index}`);
      pairs.push({ index, stdoutPath, stderrPath });
      paths.push(stdoutPath, stderrPath);
    }
    await this.#makePipes(paths);
    this.#free.push(...pairs);
  }

  async #makePipes(paths: readonly string[]): Promise<void> {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    await promisify(execFile)('mkfifo', ['-m', '600', ...paths]);
  }
}
