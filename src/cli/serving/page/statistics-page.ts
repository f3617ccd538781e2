// Owns the page of what all runs come to, which takes a while where there are many.
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { RunStore } from '../../../engine/journal/run-store.ts';
import type { RunQueue } from '../../../engine/queue/run-queue.ts';
import { runbooksPage } from '../../../surfaces/reports/statistics/runbook-page.ts';
import type { RunbookStatistics } from '../../../surfaces/reports/statistics/runbook-statistics.ts';
import type { WebPort } from '../../../surfaces/web/web-port.ts';
import { pageOfCommit } from '../../history/page-of-commit.ts';
import { byPage, type KnownRun, readStatistics } from '../../history/read-statistics.ts';

import { idleTimes, type WorkerTimes, workerTimesOf } from '../../history/worker-times.ts';
import { loadConfiguration } from '../../load/load-configuration.ts';

/** Statistics are of so many runs at most, the newest. */
const mostCounted = 5_000;
/** Others are answered in between. */
const listedAtOnce = 100;

/** What the page is made of. */
export interface StatisticsParts {
  readonly store: RunStore;
  readonly queue: RunQueue;
  readonly library: { readonly folder: string };
  readonly now: () => number;
}

/** Gives the page; those who ask while it is made get the same one. */
export function statisticsPage(parts: StatisticsParts): WebPort['statistics'] {
  let making: ReturnType<WebPort['statistics']> | undefined;
  return () => {
    making ??= makePage(parts).finally(() => {
      making = undefined;
    });
    return making;
  };
}

async function makePage({ store, queue, library, now }: StatisticsParts): ReturnType<WebPort['statistics']> {
  const times = await workerTimesOf(queue);
  const { machineRate } = loadConfiguration(join(library.folder, 'page.md')).configuration;
  const all = await statisticsOf(store, times, library.folder);
  return runbooksPage(all, [], new Date(now()).toISOString(), idleTimes(times, machineRate));
}

async function statisticsOf(
  store: RunStore,
  times: WorkerTimes,
  folder: string,
): Promise<readonly RunbookStatistics[]> {
  const known: KnownRun[] = [];
  let listed = 0;
  for (const run of store.newest(mostCounted)) {
    if (++listed % listedAtOnce === 0) await setImmediate();
    if (run.summary === undefined || run.summary.rehearsed) continue;
    known.push({ ...run, summary: run.summary });
  }
  // Of a repository, the configuration is that of the commit that is shown now.
  const base = `${dirname(pageOfCommit(join(folder, 'page.md')))}/`;
  const at = (page: string): string | undefined =>
    page.startsWith(base) ? join(folder, page.slice(base.length)) : undefined;
  const all: RunbookStatistics[] = [];
  for (const [runbook, own] of byPage(known)) {
    const { statistics } = await readStatistics(runbook, own, times, at(runbook));
    if (statistics) all.push(statistics);
  }
  return all;
}
