// Owns reading what runs come to from their journals, and which runbooks have none.
import { resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { findMarkdown } from '../../engine/disk/find-markdown.ts';
import { readJournal } from '../../engine/journal/read-journal.ts';
import type { ListedRun } from '../../engine/journal/run-store.ts';
import type { RunSummary } from '../../engine/journal/run-summary.ts';
import {
  type ReadRun,
  type RunbookStatistics,
  statisticsOfRunbook,
} from '../../surfaces/reports/statistics/runbook-statistics.ts';
import { exitCode } from '../exit-code.ts';
import { loadConfiguration } from '../load/load-configuration.ts';
import { loadForList } from '../load/load-runbook.ts';
import { planOfRun } from '../load/plan-of-run.ts';
import { complain, reportDiagnostics } from '../report-diagnostics.ts';
import { newestThere, pageOfCommit } from './page-of-commit.ts';
import { idleShare, type WorkerTimes } from './worker-times.ts';

/** A run whose summary can be read. */
export type KnownRun = ListedRun & { readonly summary: RunSummary };

/** A server answers others in between. */
const readAtOnce = 20;

/** Runs by their page, which is one page in all commits of a repository; in their order. */
export function byPage(runs: readonly KnownRun[]): ReadonlyMap<string, readonly KnownRun[]> {
  const all = new Map<string, KnownRun[]>();
  for (const run of runs) {
    const page = pageOfCommit(run.summary.runbook);
    const own = all.get(page);
    if (own === undefined) all.set(page, [run]);
    else own.push(run);
  }
  return all;
}

/**
 * What the runs of one runbook, newest first, come to; damage is complained of, and makes the exit code. `at` is where the
 * page lies, beside whose configuration it is.
 */
export async function readStatistics(
  runbook: string,
  runs: readonly KnownRun[],
  times: WorkerTimes,
  at = newestThere(runs.map(({ summary }) => summary.runbook)) ?? runbook,
): Promise<{ readonly statistics?: RunbookStatistics; readonly status: number }> {
  let status: number = exitCode.succeeded;
  const read: ReadRun[] = [];
  for (const { id, folder, summary } of runs) {
    if (read.length % readAtOnce === readAtOnce - 1) await setImmediate();
    const { events, state } = readJournal(folder.journal);
    if (state.type === 'corrupt') {
      complain(
        `line ${state.line} of the journal of run \`${id}\` ${state.reason}; what follows is not counted`,
      );
      status = exitCode.failed;
    }
    const machine = times.machines.get(id);
    read.push({ ...summary, history: events, ...(machine && { machine }) });
  }
  const [newest, ...others] = read;
  const [{ folder } = { folder: undefined }] = runs;
  if (newest === undefined || folder === undefined) return { status };
  const plan = planOfRun(folder, newest.history);
  if (plan === undefined) return { status: exitCode.failed };
  const { configuration, problem } = loadConfiguration(at);
  if (problem) {
    reportDiagnostics(problem.diagnostics, problem.source);
    status = exitCode.usage;
  }
  const { rates, machineRate } = configuration;
  const statistics = statisticsOfRunbook(runbook, [newest, ...others], plan, rates, machineRate);
  const started = runs.map(({ id, summary: { startedAt } }) => ({ id, startedAt }));
  const idle = idleShare(started, times, machineRate);
  return { statistics: { ...statistics, ...(idle && { idle }) }, status };
}

/** The runbooks below this folder that are none of those that have been run. */
export function withoutRuns(run: ReadonlyMap<string, unknown>): readonly string[] {
  const pages = findMarkdown('.', () => {});
  return pages.filter((path) => !run.has(resolve(path)) && loadForList(path) !== undefined);
}
