// Owns `runsheet fetch`: brings the pages of other repositories here, and locks what they are.
import { errorMessage } from '../../basics/coded-error.ts';
import { namedValue } from '../../basics/named-values.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import { cacheFolder } from '../../engine/cache/cache-folder.ts';
import { replaceFile } from '../../engine/disk/replace-file.ts';
import { homeFolder } from '../../engine/files/home-folder.ts';
import { FetchedRepository } from '../../engine/modules/fetched-repository.ts';
import { type LockFile, readLockFile } from '../../engine/modules/lock-file.ts';
import { digestOfBytes, ModuleCache } from '../../engine/modules/module-cache.ts';
import { folderOf, joinPath } from '../../run/links/join-path.ts';
import {
  isModule,
  type ModuleAddress,
  parseModuleAddress,
  whyNotFrom,
} from '../../run/links/module-address.ts';
import { type LockedModule, renderLock } from '../../run/links/module-lock.ts';
import { writtenLinks } from '../../run/links/written-links.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import { visibleText } from '../../text/visible-text.ts';
import { exitCode } from '../exit-code.ts';
import { loadModuleText, loadRunbook } from '../load/load-runbook.ts';
import { complain, complainOfWriting, reportDiagnostics } from '../report-diagnostics.ts';
import { writeMessage } from '../write-result.ts';

/** What `runsheet fetch` was given next to the pages. */
export interface FetchOptions {
  /** Looks up anew what refs lead to, and locks that. */
  readonly update?: boolean;
  /** Locks nothing, and fails where something is not locked. */
  readonly frozen?: boolean;
}

/** More pages behind one are taken for a mistake. */
const mostPages = 500;

/** Fetches what pages link to in other repositories; gives the exit code. */
export async function fetchModules(paths: readonly string[], options: FetchOptions): Promise<number> {
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, interrupt);
  try {
    let code: number = exitCode.succeeded;
    for (const path of paths) {
      code = Math.max(code, await fetchOf(path, options, stop.signal));
      if (stop.signal.aborted) return exitCode.interrupted;
    }
    return code;
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
}

async function fetchOf(path: string, options: FetchOptions, signal: AbortSignal): Promise<number> {
  const file = readLockFile(path);
  if (!file.ok) {
    complain(file.error);
    return exitCode.usage;
  }
  const { runbook, source, diagnostics } = loadRunbook(path);
  if (runbook === undefined) {
    reportDiagnostics(diagnostics, source);
    return exitCode.usage;
  }
  const fetching = new Fetching(path, file.value, options, signal);
  try {
    const problem = await fetching.follow();
    if (signal.aborted) {
      writeMessage(`${visibleText(path)}: interrupted, ${unchanged}\n`);
      return exitCode.interrupted;
    }
    if (problem !== undefined) {
      complain(problem.message, problem.help);
      return exitCode.failed;
    }
  } finally {
    fetching.end();
  }
  return fetching.isNew ? writeLock(path, fetching, file.value) : tell(path, fetching, unchanged);
}

const unchanged = 'the lock is unchanged';

function tell(path: string, { pages, gone }: Fetching, words: string): number {
  for (const page of gone)
    writeMessage(`\`${visibleText(page)}\` is no longer there, and no longer locked\n`);
  const count = `${pages} page${pages === 1 ? '' : 's'} of other repositories`;
  writeMessage(`${visibleText(path)}: ${count}, ${words}\n`);
  return exitCode.succeeded;
}

async function writeLock(path: string, fetching: Fetching, { path: lock, read }: LockFile): Promise<number> {
  const bytes = new TextEncoder().encode(renderLock({ modules: fetching.modules }));
  if (read && Buffer.compare(read.bytes, bytes) === 0) return tell(path, fetching, unchanged);
  const written = await replaceFile(lock, bytes, read?.identity ?? 'absent');
  if (written.ok) return tell(path, fetching, `locked in ${visibleText(lock)}`);
  const { code, help } = written.error;
  const again = `${help}; run it again: what was fetched is kept`;
  complainOfWriting(code === 'file-changed' ? { ...written.error, help: again } : written.error);
  return exitCode.usage;
}

interface Problem {
  readonly message: string;
  readonly help?: string;
}

/** The way through all pages that one leads to, with what is fetched on it. */
class Fetching {
  readonly #opened: string;
  readonly #options: FetchOptions;
  readonly #signal: AbortSignal;
  readonly #cache = new ModuleCache(cacheFolder(process.env, homeFolder()));
  readonly #repositories = new Map<string, Result<FetchedRepository, string>>();
  /** As they were, and as they are locked anew. */
  readonly #before: ReadonlyMap<string, LockedModule>;
  readonly #renewed = new Map<string, LockedModule>();
  readonly #gone: string[] = [];
  #pages = 0;

  constructor(opened: string, { lock }: LockFile, options: FetchOptions, signal: AbortSignal) {
    this.#opened = opened;
    this.#options = options;
    this.#signal = signal;
    this.#before = new Map(Object.entries(lock.modules));
  }

  /** How many pages of other repositories there are. */
  get pages(): number {
    return this.#pages;
  }

  /** The addresses of pages that were locked, and that their repository has no more. */
  get gone(): readonly string[] {
    return this.#gone;
  }

  /** Whether the lock is to be written. */
  get isNew(): boolean {
    return this.#renewed.size > 0;
  }

  get modules(): Readonly<Record<string, LockedModule>> {
    return Object.fromEntries([...this.#before, ...this.#renewed]);
  }

  /** Follows every link; gives what stands in the way. */
  async follow(): Promise<Problem | undefined> {
    const root = folderOf(this.#opened);
    const open = [this.#opened.slice(root === '' ? 0 : root.length + (root === '/' ? 0 : 1))];
    const seen = new Set(open);
    for (const file of open) {
      const loaded = await this.#load(file, root);
      if (!loaded.ok) return loaded.error;
      for (const { link } of writtenLinks(loaded.value).values()) {
        const target = joinPath(folderOf(file), link.target);
        const whyNot = whyNotFrom(file, target);
        if (whyNot !== undefined)
          return {
            message: `\`${visibleText(target)}\`, to which \`${visibleText(file)}\` links: ${whyNot}`,
          };
        if (seen.has(target)) continue;
        seen.add(target);
        open.push(target);
      }
      if (open.length > mostPages) return { message: `links lead to more than ${mostPages} pages` };
    }
    return undefined;
  }

  /** Takes away what was only needed on the way. */
  end(): void {
    for (const repository of this.#repositories.values()) if (repository.ok) repository.value.end();
  }

  async #load(file: string, root: string): Promise<Result<Runbook, Problem>> {
    if (!isModule(file)) {
      const { runbook, diagnostics } = loadRunbook(joinPath(root, file));
      const why = diagnostics[0]?.message ?? 'it cannot be read';
      return runbook === undefined
        ? fail({ message: `the linked runbook \`${file}\`: ${why}` })
        : ok(runbook);
    }
    const refuse = (why: string, help?: string) =>
      fail({ message: `\`${visibleText(file)}\`: ${why}`, ...(help !== undefined && { help }) });
    const address = parseModuleAddress(file);
    if (!address.ok) return refuse(address.error);
    const bytes = await this.#bytesOf(address.value);
    if (!bytes.ok) return refuse(bytes.error.message, bytes.error.help);
    this.#pages += 1;
    const { runbook, diagnostics } = loadModuleText(file, bytes.value, this.#opened);
    return runbook === undefined ? refuse(diagnostics[0]?.message ?? 'it cannot be read') : ok(runbook);
  }

  async #bytesOf(address: ModuleAddress): Promise<Result<Uint8Array, Problem>> {
    const { origin, path } = address;
    const locked = this.#lockedOf(origin);
    const digest = locked && namedValue(locked.pages, path);
    const kept = digest === undefined ? undefined : this.#cache.read(digest);
    if (kept !== undefined) return ok(kept);
    if (this.#options.frozen && digest === undefined)
      return fail({ message: 'it is not locked', help: 'without `--frozen` it is fetched and locked' });
    const repository = await this.#repositoryOf(address, locked?.commit);
    if (!repository.ok) return fail({ message: repository.error });
    const page = await repository.value.page(path);
    if (!page.ok) return fail({ message: page.error.why });
    const found = digestOfBytes(page.value);
    if (digest !== undefined && found !== digest)
      return fail({
        message: `it is another page than the lock says: its digest is sha256:${found}`,
        help: 'somebody has changed the lock or the repository; nothing was kept',
      });
    try {
      this.#cache.keep(page.value);
      if (digest === undefined) return await this.#lock(address, repository.value, page.value);
    } catch (error) {
      return fail({ message: `it cannot be kept: ${errorMessage(error)}` });
    }
    return page;
  }

  /** With `--update` what was locked before does not count. */
  #lockedOf(origin: string): LockedModule | undefined {
    return this.#renewed.get(origin) ?? (this.#options.update ? undefined : this.#before.get(origin));
  }

  /** Locks a page. Pages of one ref are of one commit: those that other pages lead to move on with it. */
  async #lock(
    { origin, path }: ModuleAddress,
    repository: FetchedRepository,
    page: Uint8Array,
  ): Promise<Result<Uint8Array, Problem>> {
    const { commit } = repository;
    const before = this.#renewed.get(origin) ?? this.#before.get(origin);
    const pages: [string, string][] = [];
    for (const [other, old] of Object.entries(before?.pages ?? {})) {
      if (other === path) continue;
      if (before?.commit === commit) {
        pages.push([other, old]);
        continue;
      }
      const moved = await repository.page(other);
      if (moved.ok) pages.push([other, this.#cache.keep(moved.value)]);
      else if (moved.error.isGone) this.#gone.push(`${origin}//${other}`);
      // Where that is not certain, it is still somebody's page.
      else return fail({ message: `\`${other}\`, which is locked with it: ${moved.error.why}` });
    }
    this.#renewed.set(origin, { commit, pages: Object.fromEntries([...pages, [path, digestOfBytes(page)]]) });
    return ok(page);
  }

  async #repositoryOf(
    address: ModuleAddress,
    commit: string | undefined,
  ): Promise<Result<FetchedRepository, string>> {
    const known = this.#repositories.get(address.origin);
    if (known !== undefined) return known;
    const fetched = await FetchedRepository.fetch(address, this.#signal, commit);
    this.#repositories.set(address.origin, fetched);
    return fetched;
  }
}
