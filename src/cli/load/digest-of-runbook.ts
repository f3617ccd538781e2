// Owns what tells one version of a runbook from another: its digest without results, and its commit.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { digestOfPages } from '../../run/links/digest-of-pages.ts';
import type { Plan } from '../../run/plan.ts';
import { clearResults } from '../../runbook/regions/plan-write-back.ts';
import type { Runbook } from '../../runbook/runbook.ts';

/** SHA-256 in hexadecimal of the author's bytes; results and ticks of former runs do not count. */
export function digestOfRunbook(runbook: Runbook): string {
  return createHash('sha256').update(clearResults(runbook)).digest('hex');
}

/** The digest of a run of a runbook: that of its page where it links to none, else of all of its pages. */
export function digestOfRun(runbook: Runbook, plan: Plan): string {
  const page = { file: basename(runbook.source.path), digest: digestOfRunbook(runbook) };
  return digestOfPages(page, plan.linked ?? []);
}

/** The commit checked out around a file, with `-dirty` where the file differs from it; undefined outside git. */
export function commitOf(path: string): string | undefined {
  const folder = dirname(path);
  if (!isInsideRepository(folder)) return undefined;
  try {
    // Not by execa: every run comes by here, and loading it takes a tenth of what a short run takes.
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-C', folder, ...args], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim();
    return git('describe', '--always', '--abbrev=12', '--exclude=*', '--dirty');
  } catch {
    // No git, no commit yet, or a repository of somebody else: the digest alone identifies the runbook.
    return undefined;
  }
}

/** Looked up before git is started, since starting it costs more than all the rest. */
function isInsideRepository(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return true;
    if (dirname(at) === at) return false;
  }
}
