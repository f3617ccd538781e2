// Owns fetching a repository by git, and taking pages out of it without ever checking it out.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { fail, ok, type Result } from '../../basics/result.ts';
import type { ModuleAddress } from '../../run/links/module-address.ts';

/** How long one call of git may take. */
const patienceMs = 300_000;
/** A page that is larger is none. */
const longestPageBytes = 16_000_000;

/** A library is no larger: the whole of it is held in memory while it is written. */
const mostFiles = 10_000;
const mostBytes = 256_000_000;

/** A plain file of a commit. */
export interface PlainFile {
  /** From the top of the repository; its parts are names and nothing else. */
  readonly path: string;
  readonly isExecutable: boolean;
  readonly bytes: Uint8Array;
}

/** Why there is no page; `isGone` where it is certain that the commit has none by that path. */
export interface NoPage {
  readonly why: string;
  readonly isGone: boolean;
}

/** One commit of a repository, in a folder that is gone afterwards. */
export class FetchedRepository {
  readonly #folder: string;
  readonly #git: Git;
  readonly commit: string;

  private constructor(folder: string, git: Git, commit: string) {
    this.#folder = folder;
    this.#git = git;
    this.commit = commit;
  }

  /**
   * Fetches what an address names, or the commit that is `wanted` of it. Nothing of the repository is run or checked out:
   * no hooks, filters, submodules, links. Only the protocols of the address are spoken, or ssh instead of https where
   * the user's own git says so. Fails in words without anything secret, and soon after the signal.
   */
  static async fetch(
    { repository, protocol, ref }: ModuleAddress,
    signal: AbortSignal,
    wanted?: string,
    take: 'pages' | 'all' = 'pages',
  ): Promise<Result<FetchedRepository, string>> {
    const folder = mkdtempSync(join(tmpdir(), 'runsheet-fetch-'));
    const git: Git = (args, bytes, input) => runGit({ folder, protocol, signal }, args, bytes, input);
    const give = (why: string): Result<FetchedRepository, string> => {
      removeFolder(folder);
      return fail(why);
    };
    const made = await git(['init', '--quiet', '--bare', '--template=', '.']);
    if (!made.ok) return give(made.error);
    // As a setting, where no address can be an option.
    const set = await git(['config', '--local', 'remote.origin.url', repository]);
    if (!set.ok) return give(set.error);
    // A page is asked for by itself; all of a commit comes at once.
    const filter = take === 'pages' ? ['--filter=blob:none'] : [];
    const options = ['--quiet', '--depth=1', '--no-tags', '--no-recurse-submodules', ...filter];
    const fetched = await git(['fetch', ...options, '--end-of-options', 'origin', wanted ?? ref]);
    if (!fetched.ok) return give(fetched.error);
    const found = await git(['rev-parse', '--verify', '--quiet', 'FETCH_HEAD^{commit}']);
    if (!found.ok) return give(`\`${ref}\` is no commit`);
    const commit = textOf(found.value).trim();
    if (wanted !== undefined && commit !== wanted) return give(`it gave another commit than ${wanted}`);
    // What looks like a commit has to be that one, whatever a branch of that name leads to.
    if (wanted === undefined && isHash(ref) && commit !== ref) return give(`\`${ref}\` is no commit of it`);
    return ok(new FetchedRepository(folder, git, commit));
  }

  /** The bytes of a page; fails in words where there is none that is a plain file, or git does not give it. */
  async page(path: string): Promise<Result<Uint8Array, NoPage>> {
    const gone = (why: string) => fail({ why, isGone: true });
    const listed = await this.#git(['ls-tree', '-z', '--full-tree', this.commit, '--', path]);
    if (!listed.ok) return fail({ why: listed.error, isGone: false });
    const [, mode, id] = /^(\d+) \w+ ([0-9a-f]+)\t/.exec(textOf(listed.value)) ?? [];
    if (mode === undefined || id === undefined) return gone(`it has no file \`${path}\``);
    if (mode !== '100644' && mode !== '100755')
      return gone(`\`${path}\` is ${kinds[mode] ?? 'no file'}, and a page is a plain file`);
    const bytes = await this.#git(['cat-file', 'blob', id], longestPageBytes);
    return bytes.ok ? bytes : fail({ why: bytes.error, isGone: false });
  }

  /**
   * All plain files at and below a folder, empty for the top. Links, submodules, and names that would lead elsewhere are
   * none. Fails in words where there is no such folder, or too much.
   */
  async files(folder: string): Promise<Result<readonly PlainFile[], string>> {
    const where = folder === '' ? [] : ['--', `${folder}/`];
    const listed = await this.#git(
      ['ls-tree', '-r', '-z', '-l', '--full-tree', this.commit, ...where],
      16_000_000,
    );
    if (!listed.ok) return listed;
    const entries = textOf(listed.value)
      .split('\0')
      .flatMap((line) => {
        const [, mode = '', id = '', bytes = '', path = ''] =
          /^(\d+) blob ([0-9a-f]+) +(\d+)\t(.*)$/s.exec(line) ?? [];
        const isPlain = (mode === '100644' || mode === '100755') && isOwnPath(path);
        return isPlain ? [{ id, path, isExecutable: mode === '100755', bytes: Number(bytes) }] : [];
      });
    if (entries.length === 0) return fail(folder === '' ? 'it is empty' : `it has no folder \`${folder}\``);
    const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
    if (entries.length > mostFiles || total > mostBytes)
      return fail(`it is more than ${mostFiles} files, or than ${mostBytes / 1_000_000} MB`);
    const asked = entries.map(({ id }) => `${id}\n`).join('');
    const given = await this.#git(['cat-file', '--batch', '--buffer'], total + entries.length * 200, asked);
    if (!given.ok) return given;
    let at = 0;
    return ok(
      entries.map(({ path, isExecutable, bytes }) => {
        const begin = given.value.indexOf(0x0a, at) + 1;
        at = begin + bytes + 1;
        return { path, isExecutable, bytes: given.value.subarray(begin, begin + bytes) };
      }),
    );
  }

  /** Takes the folder away. */
  end(): void {
    removeFolder(this.#folder);
  }
}

/** What git has started may still write for a moment after git itself was ended. */
function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}

/** A path that leads below the folder in which it is written, and into nothing of git's. */
const isOwnPath = (path: string): boolean =>
  path.split('/').every((part) => !/^(?:\.{0,2}|\.git)$/i.test(part) && !part.includes('\\'));

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const kinds: Readonly<Record<string, string>> = {
  '120000': 'a symbolic link',
  '160000': 'a submodule',
  '040000': 'a folder',
};

const isHash = (ref: string): boolean => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(ref);

/** Where a hook of git, say, has its own repository: none of it is meant here. */
const elsewhere = {
  GIT_WORK_TREE: undefined,
  GIT_INDEX_FILE: undefined,
  GIT_OBJECT_DIRECTORY: undefined,
  GIT_ALTERNATE_OBJECT_DIRECTORIES: undefined,
  GIT_NAMESPACE: undefined,
};

type Git = (
  args: readonly string[],
  mostBytes?: number,
  input?: string,
) => Promise<Result<Uint8Array, string>>;

/** Where and how git works. */
interface Workplace {
  readonly folder: string;
  readonly protocol: ModuleAddress['protocol'];
  readonly signal: AbortSignal;
}

async function runGit(
  { folder, protocol, signal }: Workplace,
  args: readonly string[],
  mostBytes = 1_000_000,
  input?: string,
): Promise<Result<Uint8Array, string>> {
  const allowed = protocol === 'file' ? ['file'] : ['https', 'ssh'];
  const settings = [
    'protocol.allow=never',
    ...allowed.map((one) => `protocol.${one}.allow=always`),
    'core.hooksPath=/dev/null',
    'fetch.recurseSubmodules=false',
    'gc.auto=0',
  ];
  const result = await execa('git', ['-C', folder, ...settings.flatMap((one) => ['-c', one]), ...args], {
    env: {
      GIT_LITERAL_PATHSPECS: '1',
      GIT_DIR: folder,
      LC_ALL: 'C',
      // Without a person nobody answers; with one, a terminal is asked.
      ...(process.stdin.isTTY ? {} : { GIT_TERMINAL_PROMPT: '0' }),
      ...elsewhere,
    },
    ...(input === undefined
      ? { stdin: process.stdin.isTTY ? ('inherit' as const) : ('ignore' as const) }
      : { input }),
    encoding: 'buffer',
    cancelSignal: signal,
    timeout: patienceMs,
    maxBuffer: mostBytes,
    reject: false,
    stripFinalNewline: false,
    verbose: 'none',
  });
  if (result.code === 'ENOENT') return fail('there is no `git` here');
  if (result.isCanceled) return fail('it was interrupted');
  if (result.timedOut) return fail(`git did not end within ${patienceMs / 60_000} minutes`);
  if (result.isMaxBuffer) return fail(`it is larger than ${mostBytes / 1_000_000} MB`);
  if (result.exitCode !== 0) return fail(`git: ${lastWords(result.stderr)}`);
  return ok(result.stdout);
}

/** What git said last, without what an address may hold for whom it is asked. */
function lastWords(stderr: Uint8Array): string {
  const lines = textOf(stderr).trim().split('\n');
  const line = lines.find((one) => one.startsWith('fatal:')) ?? lines.at(-1) ?? '';
  return line.replace(/^fatal: /, '').replace(/:\/\/[^@/\s]*@/g, '://***@');
}
