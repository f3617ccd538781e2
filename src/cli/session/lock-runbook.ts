// Owns that one runbook is run once at a time, unless it allows more.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../basics/result.ts';
import { makeStateFolder } from '../../engine/files/write-state-file.ts';
import type { ListedRun, RunStore } from '../../engine/journal/run-store.ts';
import { type ProcessLock, takeLock } from '../../engine/processes/process-lock.ts';
import type { Complaint } from '../refusal.ts';

/**
 * Takes the right to run a runbook. Without a word in its front matter a second run is refused while the first is
 * going on; `concurrency: forbid` refuses it also while one is paused; `concurrency: allow` never refuses.
 */
export function lockRunbook(
  store: RunStore,
  stateDir: string,
  path: string,
  concurrency: 'forbid' | 'allow' | undefined,
): Result<ProcessLock | undefined, Complaint> {
  if (concurrency === 'allow') return ok(undefined);
  if (concurrency === 'forbid') {
    const open = first(
      store.notEnded(),
      ({ summary }) => summary?.runbook === path && summary.status === 'paused',
    );
    if (open) {
      return fail({
        message: `run \`${open.id}\` of this runbook is open, and it allows one at a time`,
        help: `\`runsheet resume ${open.id}\` takes it up, \`runsheet show ${open.id}\` shows it`,
      });
    }
  }
  const folder = join(stateDir, 'locks', createHash('sha256').update(path).digest('hex').slice(0, 32));
  makeStateFolder(folder);
  const attempt = takeLock(folder);
  if (attempt.ok) return ok(attempt.lock);
  const { process } = attempt.holder;
  const live = first(store.newest(), (run) => run.summary?.runbook === path && store.isLive(run.folder));
  return fail({
    message: `this runbook is being run already${live ? `, as \`${live.id}\`` : ''}, in process ${process.pid}`,
    help: 'wait for it, watch it with `runsheet show --follow`, or say `concurrency: allow` in the front matter',
  });
}

/** The first run that fits; those behind it are not read. */
function first(runs: Iterable<ListedRun>, fits: (run: ListedRun) => boolean): ListedRun | undefined {
  for (const run of runs) if (fits(run)) return run;
  return undefined;
}
