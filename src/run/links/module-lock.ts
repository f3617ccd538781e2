// Owns what `runsheet.lock` holds: which commit and which bytes the pages of other repositories are.

import { namedValue, namedValues } from '../../basics/named-values.ts';
import { fail, ok, type Result } from '../../basics/result.ts';

/** One repository at one ref, by its origin. */
export interface LockedModule {
  /** 40 or 64 hexadecimal digits. */
  readonly commit: string;
  /** The SHA-256 of each page, 64 hexadecimal digits, by its path from the top of the repository. */
  readonly pages: Readonly<Record<string, string>>;
}

export interface ModuleLock {
  readonly modules: Readonly<Record<string, LockedModule>>;
}

export const emptyLock: ModuleLock = { modules: namedValues<LockedModule>() };

const version = 1;

/** The text of the file: the same lock gives the same bytes. */
export function renderLock({ modules }: ModuleLock): string {
  const sorted = <Value>(record: Readonly<Record<string, Value>>): [string, Value][] =>
    Object.entries(record).sort(([left], [right]) => (left < right ? -1 : 1));
  const written = sorted(modules).map(([origin, { commit, pages }]) => [
    origin,
    { commit, pages: Object.fromEntries(sorted(pages).map(([path, digest]) => [path, `sha256:${digest}`])) },
  ]);
  return `${JSON.stringify({ version, modules: Object.fromEntries(written) }, null, 2)}\n`;
}

/** Reads the file; fails in words. What is half a lock is none. */
export function parseLock(text: string): Result<ModuleLock, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail('it is no JSON');
  }
  if (!isRecord(value) || value.version !== version || !isRecord(value.modules))
    return fail(`it is no lock of version ${version}`);
  const modules = namedValues<LockedModule>();
  for (const [origin, module] of Object.entries(value.modules)) {
    if (!isRecord(module) || !isRecord(module.pages)) return fail(`\`${origin}\` has no pages`);
    if (typeof module.commit !== 'string' || !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(module.commit))
      return fail(`\`${origin}\` has no commit`);
    const pages = namedValues<string>();
    for (const [path, digest] of Object.entries(module.pages)) {
      const [, hex] = /^sha256:([0-9a-f]{64})$/.exec(String(digest)) ?? [];
      if (hex === undefined) return fail(`the digest of \`${path}\` of \`${origin}\` is none`);
      pages[path] = hex;
    }
    modules[origin] = { commit: module.commit, pages };
  }
  return ok({ modules });
}

/** The digest of a page; undefined where it is not locked. */
export function lockedDigest({ modules }: ModuleLock, origin: string, path: string): string | undefined {
  const module = namedValue(modules, origin);
  return module && namedValue(module.pages, path);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
