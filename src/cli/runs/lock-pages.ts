// Owns the rights to run a runbook and those that it links to, for as long as a run is driven.
import { dirname, resolve } from 'node:path';
import { fail, ok, type Result } from '../../basics/result.ts';
import { realPath } from '../../engine/files/real-path.ts';
import type { ProcessLock } from '../../engine/processes/process-lock.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import type { Complaint } from '../refusal.ts';
import { lockRunbook, type Turn } from './lock-runbook.ts';

/** The pages of a run, and whose turn it is. */
export interface PagesOfRun extends Omit<Turn, 'frontMatter'> {
  readonly runbook: Runbook;
  /** The linked runbooks, by their file. */
  readonly linked: ReadonlyMap<string, Runbook>;
}

/** Takes all of them, or none; gives what releases them. Of linked pages only `concurrency: forbid` counts. */
export async function lockPages(pages: PagesOfRun): Promise<Result<() => void, Complaint>> {
  const { runbook, linked, ...turn } = pages;
  const locks: ProcessLock[] = [];
  const release = (): void => {
    for (const held of locks.splice(0)) held.release();
  };
  try {
    const own = await lockRunbook({ ...turn, frontMatter: runbook.frontMatter });
    if (!own.ok) return own;
    if (own.value) locks.push(own.value);
    // One page may be linked by several of its paths.
    const taken = new Set<string>();
    for (const [file, page] of linked) {
      if (page.frontMatter.concurrency !== 'forbid') continue;
      const path = resolve(dirname(turn.path), file);
      if (taken.has(realPath(path))) continue;
      taken.add(realPath(path));
      const held = await lockRunbook({ ...turn, path, frontMatter: page.frontMatter });
      if (!held.ok) {
        release();
        return fail({ ...held.error, message: `the linked runbook \`${file}\`: ${held.error.message}` });
      }
      if (held.value) locks.push(held.value);
    }
    return ok(release);
  } catch (error) {
    release();
    throw error;
  }
}
