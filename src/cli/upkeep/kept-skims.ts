// Owns what is kept of the pages of lists, so that a page is read again only where it, or what holds for it, differs.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { cacheFolder } from '../../engine/cache/cache-folder.ts';
import { readBuild } from '../../engine/cache/read-build.ts';
import { findConfigurationFiles } from '../../engine/disk/find-configuration-files.ts';
import { readRunbookFile } from '../../engine/disk/read-runbook-file.ts';
import { nodeFileOperations, removeIfPossible } from '../../engine/files/file-operations.ts';
import { homeFolder } from '../../engine/files/home-folder.ts';
import { digestOfBytes } from '../../engine/modules/module-cache.ts';
import type { SkimmedRunbook } from '../../runbook/skim-runbook.ts';

/** What is kept of one page: what a list says of it, or that it is no runbook. */
type KeptSkim = SkimmedRunbook | 'none';

/** As it stands in the file: by what was read, for one build of the tool, those used last at the end. */
interface KeptFile {
  readonly build: string;
  readonly pages: Readonly<Record<string, unknown>>;
}

/** Pages of folders that are no longer listed are forgotten after so many others. */
const mostKept = 2000;

/**
 * The skims of earlier lists. What is kept goes by the bytes of a page and of all configuration that holds for it, and
 * by the build of the tool: a list says what reading everything anew would say. Where nothing can be kept, or what is
 * kept cannot be understood, pages are read.
 */
export class KeptSkims {
  readonly #file: string;
  readonly #build: string;
  /** Used or found by this process; they are written behind all others. */
  readonly #used = new Map<string, KeptSkim>();
  readonly #configurations = new Map<string, string>();
  readonly #kept: Readonly<Record<string, unknown>>;
  #isNews = false;

  constructor(folder = cacheFolder(process.env, homeFolder()), build = readBuild()) {
    this.#file = join(folder, 'skimmed-pages.json');
    this.#build = build ?? '';
    this.#kept = build === undefined ? {} : readKept(this.#file, build);
  }

  /** What stands for a page as it is now; undefined where it cannot be read or must not be kept. */
  keyOf(path: string): string | undefined {
    if (this.#build === '') return undefined;
    const configuration = this.#configurationOf(path);
    const read = configuration === undefined ? undefined : readRunbookFile(path);
    if (!read?.ok) return undefined;
    return createHash('sha256').update(`${configuration}\n`).update(read.value.bytes).digest('base64url');
  }

  /** What is kept for a key; undefined where nothing is. */
  find(key: string | undefined): KeptSkim | undefined {
    const found = key === undefined ? undefined : this.#kept[key];
    if (key === undefined || !isKeptSkim(found)) return undefined;
    this.#used.set(key, found);
    return found;
  }

  /** Keeps what was read of a page, unless it has changed since its key was made. */
  keep(path: string, key: string | undefined, skim: SkimmedRunbook | undefined): void {
    if (key === undefined || this.keyOf(path) !== key) return;
    this.#used.set(key, skim ?? 'none');
    this.#isNews = true;
  }

  /** Writes what is new; a file that cannot be written is done without. */
  write(): void {
    if (!this.#isNews) return;
    const others = Object.entries(this.#kept).filter(([key]) => !this.#used.has(key));
    const pages = Object.fromEntries([...others.slice(-mostKept), ...this.#used]);
    const draft = `${this.#file}.${process.pid}.new`;
    try {
      mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
      writeFileSync(draft, JSON.stringify({ build: this.#build, pages } satisfies KeptFile), { mode: 0o600 });
      renameSync(draft, this.#file);
    } catch {
      removeIfPossible(nodeFileOperations, draft);
    }
  }

  /**
   * The configuration that holds for a page, by digests; undefined where some of it cannot be read or is not to be
   * trusted, which is a question of whose page it is.
   */
  #configurationOf(path: string): string | undefined {
    const files = findConfigurationFiles(path, process.env, homeFolder());
    const digests = files.map((file) => (file.refusal ? undefined : this.#digestOf(file.path)));
    return digests.includes(undefined) ? undefined : digests.join('\n');
  }

  #digestOf(path: string): string | undefined {
    const known = this.#configurations.get(path);
    if (known !== undefined) return known;
    const read = readRunbookFile(path);
    if (!read.ok) return undefined;
    // What a configuration names may be relative to where it lies.
    const digest = `${resolve(path)} ${digestOfBytes(read.value.bytes)}`;
    this.#configurations.set(path, digest);
    return digest;
  }
}

function readKept(path: string, build: string): Readonly<Record<string, unknown>> {
  try {
    const kept: Partial<KeptFile> | null = JSON.parse(readFileSync(path, 'utf8'));
    return kept?.build === build && typeof kept.pages === 'object' && kept.pages !== null ? kept.pages : {};
  } catch {
    return {};
  }
}

/** Of the right shape: whatever else stands in the file was not written by this build. */
function isKeptSkim(value: unknown): value is KeptSkim {
  if (value === 'none') return true;
  if (typeof value !== 'object' || value === null) return false;
  const one = value as Partial<Record<keyof SkimmedRunbook, unknown>>;
  const isText = (text: unknown) => text === undefined || typeof text === 'string';
  const areTexts = (texts: unknown) =>
    texts === undefined || (Array.isArray(texts) && texts.every((text) => typeof text === 'string'));
  return (
    typeof one.title === 'string' &&
    Number.isSafeInteger(one.steps) &&
    Number.isSafeInteger(one.blocks) &&
    isText(one.severity) &&
    isText(one.owner) &&
    areTexts(one.services) &&
    areTexts(one.tags) &&
    isText(one.reviewAfter) &&
    (one.proveEveryMs === undefined || typeof one.proveEveryMs === 'number')
  );
}
