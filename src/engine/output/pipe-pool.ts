// Owns the named pipes of a run and their reuse.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeStateFolder } from '../files/write-state-file.ts';
import { LeftOvers } from './left-overs.ts';
import { drop, OutputPipes, type PipeSink, pipePaths, restOf } from './output-pipes.ts';

const pairsAtOnce = 8;

/** Paths of the named pipes between the tool and one shell. */
export interface ShellPipes {
  /** Through which the shell, or what it forks, sends its state. */
  readonly state: string;
  readonly control: string;
  readonly replies: string;
}

function shellPipes(folder: string, name: string): ShellPipes {
  return {
    state: join(folder, `s${name}`),
    control: join(folder, `c${name}`),
    replies: join(folder, `r${name}`),
  };
}

/**
 * Hands out pairs of named pipes in a private folder. A pair is handed out again only when its last writer
 * is gone, so that a process which one block left behind can never write into another block's output.
 */
export class PipePool {
  readonly folder: string;
  /** Indices of pairs that are made and not yet opened. */
  readonly #unopened: number[] = [];
  readonly #free: OutputPipes[] = [];
  /** Also those that are no pipes. */
  readonly leftOvers = new LeftOvers();
  #made = 0;
  #isClosed = false;
  /** Made with the first pairs, so that the usual run starts `mkfifo` once. */
  #shellPipes: ShellPipes | undefined;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes the first pipes of the pool below `folder`, which must be private to the user. */
  static async create(folder: string): Promise<PipePool> {
    const pool = new PipePool(folder);
    await pool.#makeMore();
    return pool;
  }

  /** Path of a pipe that nothing else uses. */
  async acquirePipe(): Promise<string> {
    const path = join(this.folder, `p${this.#made++}`);
    await this.#makePipes([path]);
    return path;
  }

  /** The pipes between the tool and one shell. */
  async acquireShellPipes(): Promise<ShellPipes> {
    const pipes = this.#shellPipes ?? shellPipes(this.folder, String(this.#made++));
    const missing = this.#shellPipes
      ? Object.values(pipes).filter((path) => !existsSync(path))
      : Object.values(pipes);
    if (missing.length > 0) await this.#makePipes(missing);
    this.#shellPipes = undefined;
    return pipes;
  }

  /** A pair that is watched, so that what is written into it comes in the order of its writing. */
  async acquire(): Promise<OutputPipes> {
    const pipes = await this.#acquireOpen();
    await pipes.watched;
    return pipes;
  }

  async #acquireOpen(): Promise<OutputPipes> {
    for (let pipes = this.#free.pop(); pipes !== undefined; pipes = this.#free.pop()) {
      if (pipes.exist) return pipes;
      pipes.close();
    }
    for (let index = this.#unopened.shift(); index !== undefined; index = this.#unopened.shift()) {
      // A block that tidies up may have removed them.
      if (existsSync(pipePaths(this.folder, index).stderr)) return new OutputPipes(this.folder, index);
    }
    await this.#makeMore();
    return this.#acquireOpen();
  }

  /**
   * Takes back pipes whose rest was read. While a process still holds them, what it writes is read and given to `sink`,
   * so that it can go on; they are handed out again when it has ended. Resolves when nothing more will come of them.
   */
  async release(pipes: OutputPipes, sink: PipeSink = drop): Promise<void> {
    if (!pipes.held) {
      this.#takeBack(pipes);
      return;
    }
    if (!pipes.exist) {
      // Nobody can open them any more; who holds them finds no reader from now on.
      pipes.close();
      return;
    }
    await this.leftOvers.watch(restOf(pipes, sink));
    this.#takeBack(pipes);
  }

  #takeBack(pipes: OutputPipes): void {
    if (pipes.held || this.#isClosed) pipes.close();
    else this.#free.push(pipes);
  }

  close(): void {
    this.#isClosed = true;
    this.leftOvers.close();
    for (const pipes of this.#free) pipes.close();
    this.#free.length = 0;
  }

  async #makeMore(): Promise<void> {
    const paths: string[] = [];
    if (this.#made === 0) {
      this.#shellPipes = shellPipes(this.folder, '');
      paths.push(...Object.values(this.#shellPipes));
    }
    const indices = Array.from({ length: pairsAtOnce }, () => this.#made++);
    for (const index of indices) paths.push(...Object.values(pipePaths(this.folder, index)));
    await this.#makePipes(paths);
    this.#unopened.push(...indices);
  }

  async #makePipes(paths: readonly string[]): Promise<void> {
    makeStateFolder(this.folder);
    // Not by execa: every run comes by here, and loading it takes a tenth of what a short run takes.
    await promisify(execFile)('mkfifo', ['-m', '600', ...paths]).catch((error: unknown) => {
      const said = (error as { readonly stderr?: string }).stderr?.trim().split('\n')[0];
      if (!said) throw error;
      // What `mkfifo` was refused by the system, in the form in which Node tells of refusals.
      throw Object.assign(new Error(said), { code: 'MKFIFO', syscall: 'mkfifo' });
    });
  }
}
