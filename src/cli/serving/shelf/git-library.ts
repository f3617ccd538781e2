// Owns a library that is a repository: fetching it, its commits as folders, and that the last good one stays.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { errorMessage } from '../../../basics/coded-error.ts';
import { fail, ok, type Result } from '../../../basics/result.ts';
import { FetchedRepository, type PlainFile } from '../../../engine/modules/fetched-repository.ts';
import type { QueueStatus } from '../../../engine/queue/queued-run.ts';
import type { RunQueue } from '../../../engine/queue/run-queue.ts';
import { Library } from './library.ts';
import type { LibraryAddress } from './library-address.ts';

/** Which repository, and how often it is looked at. */
export interface GitLibrarySettings {
  readonly address: LibraryAddress;
  readonly everyMs: number;
}

const isCommit = (name: string): boolean => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(name);
const notOver: readonly QueueStatus[] = ['asking', 'queued', 'running', 'resting'];

/** One repository, below the state folder. */
export class GitLibrary {
  readonly library: Library;
  readonly everyMs: number;
  readonly #address: LibraryAddress;
  readonly #folder: string;
  readonly #now: () => number;
  #fetching: Promise<void> | undefined;

  constructor({ address, everyMs }: GitLibrarySettings, stateDir: string, now: () => number) {
    this.#address = address;
    this.everyMs = everyMs;
    this.#now = now;
    const key = createHash('sha256').update(`${address.origin}//${address.path}`).digest('hex').slice(0, 16);
    this.#folder = join(stateDir, 'library', key);
    this.library = new Library(join(this.#folder, 'none'));
    const commit = this.#kept();
    if (commit !== undefined) this.#moveTo(commit);
  }

  /** What is shown is what was fetched last, by this server or one before; false while nothing ever was. */
  get hasSome(): boolean {
    return this.library.state.commit !== undefined;
  }

  /** Takes what the repository has now. Where it cannot, what is there stays, and the state of the library says why. */
  fetch(signal: AbortSignal): Promise<void> {
    this.#fetching ??= this.#fetch(signal)
      // Where not even a folder can be made to fetch into, for one.
      .catch((error: unknown) => this.#stay(errorMessage(error)))
      .finally(() => {
        this.#fetching = undefined;
      });
    return this.#fetching;
  }

  /** Takes away the commits that are neither the newest nor those of runs that are not over. */
  async tidy(queue: Pick<RunQueue, 'runs'>): Promise<void> {
    const kept = new Set([this.library.state.commit]);
    for (let from: number | undefined, isMore = true; isMore; isMore = from !== undefined) {
      const part = { limit: 500, ...(from !== undefined && { from }) };
      const { entries, next } = await queue.runs({ status: notOver }, part);
      for (const { runbook } of entries) kept.add(runbook.commit);
      from = next;
    }
    for (const name of readdirSync(this.#folder))
      if (!kept.has(name) && (isCommit(name) || name.endsWith('.new')))
        rmSync(join(this.#folder, name), { recursive: true, force: true });
  }

  async #fetch(signal: AbortSignal): Promise<void> {
    const fetched = await FetchedRepository.fetch(this.#address, signal, undefined, 'all');
    if (!fetched.ok) return this.#stay(fetched.error);
    try {
      const { commit } = fetched.value;
      const kept = existsSync(join(this.#folder, commit)) ? ok(undefined) : await this.#keep(fetched.value);
      if (!kept.ok) return this.#stay(kept.error);
      writeFileSync(join(this.#folder, 'commit.new'), `${commit}\n`);
      renameSync(join(this.#folder, 'commit.new'), join(this.#folder, 'commit'));
      this.#moveTo(commit, this.#now());
    } catch (error) {
      this.#stay(errorMessage(error));
    } finally {
      fetched.value.end();
    }
  }

  async #keep(repository: FetchedRepository): Promise<Result<undefined, string>> {
    const files = await repository.files(this.#address.path);
    if (!files.ok) return files;
    const draft = join(this.#folder, `${randomBytes(6).toString('hex')}.new`);
    try {
      for (const file of files.value) writeFile(draft, file);
      renameSync(draft, join(this.#folder, repository.commit));
      return ok(undefined);
    } catch (error) {
      rmSync(draft, { recursive: true, force: true });
      return fail(`it cannot be kept: ${errorMessage(error)}`);
    }
  }

  #kept(): string | undefined {
    try {
      const commit = readFileSync(join(this.#folder, 'commit'), 'utf8').trim();
      return isCommit(commit) && existsSync(join(this.#folder, commit)) ? commit : undefined;
    } catch {
      return undefined;
    }
  }

  #moveTo(commit: string, seenAtMs?: number): void {
    const state = { name: this.#address.origin, commit, ...(seenAtMs !== undefined && { seenAtMs }) };
    this.library.moveTo(this.#folderOf(commit), state, (other) =>
      isCommit(other) && existsSync(join(this.#folder, other)) ? this.#folderOf(other) : undefined,
    );
  }

  #folderOf(commit: string): string {
    return join(this.#folder, commit, this.#address.path);
  }

  #stay(why: string): void {
    this.library.stay(why);
  }
}

/** Read by the runs of the commit, and written by none: they are the text that was asked for. */
function writeFile(folder: string, { path, isExecutable, bytes }: PlainFile): void {
  const at = join(folder, path);
  mkdirSync(dirname(at), { recursive: true, mode: 0o700 });
  writeFileSync(at, bytes, { flag: 'wx', mode: isExecutable ? 0o500 : 0o400 });
}
