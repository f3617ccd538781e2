// Owns the page of what all runs come to, which takes a while where there are many.
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { RunStore } from '../../../engine/journal/run-store.ts';
import type { RunQueue } from '../../../engine/queue/run-queue.ts';
import { runbooksPage } from '../../../surfaces/reports/statistics/runbook-page.ts';
import type { RunbookStatistics } from '../../../surfaces/reports/statistics/runbook-statistics.ts';
import type { WebPort } from '../../../surfaces/web/web-port.ts';
import { type KnownRun, readStatistics } from '../../history/read-statistics.ts';

import { idleTimes, type WorkerTimes, workerTimesOf } from '../../history/worker-times.ts';
import { loadConfiguration } from '../../load/load-configuration.ts';
import { pageOfCommit } from '../shelf/git-library.ts';

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
  const all = await statisticsOf(store, times.machines);
  return runbooksPage(all, [], new Date(now()).toISOString(), idleTimes(times, machineRate));
}

async function statisticsOf(
  store: RunStore,
  machines: WorkerTimes['machines'],
): Promise<readonly RunbookStatistics[]> {
  const byRunbook = new Map<string, KnownRun[]>();
  let listed = 0;
  for (const run of store.newest(mostCounted)) {
    if (++listed % listedAtOnce === 0) await setImmediate();
    if (run.summary === undefined || run.summary.rehearsed) continue;
    const known = { ...run, summary: run.summary };
    // One runbook of a repository, whichever commit of it was run.
    const name = pageOfCommit(run.summary.runbook);
    const own = byRunbook.get(name);
    if (own === undefined) byRunbook.set(name, [known]);
    else own.push(known);
  }
  const all: RunbookStatistics[] = [];
  for (const [runbook, own] of byRunbook) {
    const { statistics } = await readStatistics(runbook, own, machines);
    if (statistics) all.push(statistics);
  }
  return all;
}
