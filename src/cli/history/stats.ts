// Owns `runsheet stats`: what the runs that are kept say of a runbook, or of each.
import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { readJournal } from '../../engine/journal/read-journal.ts';
import type { ListedRun } from '../../engine/journal/run-store.ts';
import type { RunSummary } from '../../engine/journal/run-summary.ts';
import type { RecordedEvent } from '../../run/event.ts';
import { parseDuration } from '../../runbook/parse-duration.ts';
import { formatDuration } from '../../runbook/regions/format-duration.ts';
import {
  type ItemStatistics,
  type RunStatistics,
  type Spread,
  statisticsOfItems,
  statisticsOfRuns,
} from '../../surfaces/reports/statistics/run-statistics.ts';
import { visibleText } from '../../text/visible-text.ts';
import { layOutColumns } from '../../view/layout/lay-out-columns.ts';
import { formatTime } from '../../view/words/format-time.ts';
import { counted, listed } from '../../view/words/quoted.ts';
import { writtenDuration } from '../../view/words/written-duration.ts';
import { exitCode } from '../exit-code.ts';
import { openRunStore } from '../load/open-run-store.ts';
import { planOfRun } from '../load/plan-of-run.ts';
import { complain } from '../report-diagnostics.ts';
import { writeMessage, writeResult } from '../write-result.ts';

/** What `runsheet stats` was given beside the runbook. */
export interface StatsOptions {
  readonly json?: boolean;
  /** Only runs that started then or later: a span before now, such as `30d`, or a date. */
  readonly since?: string;
  readonly stateDir?: string;
}

type KnownRun = ListedRun & { readonly summary: RunSummary };

/** Tells what the runs of a runbook, or of all, come to; gives the exit code. */
export async function stats(file: string | undefined, options: StatsOptions): Promise<number> {
  const since = options.since === undefined ? Number.NEGATIVE_INFINITY : momentOf(options.since);
  if (since === undefined) {
    complain(`\`${options.since}\` is no time`, 'give a span such as `30d`, or a date such as `2026-11-01`');
    return exitCode.usage;
  }
  const store = openRunStore(options.stateDir);
  const listed = file === undefined ? store.list() : store.listOf(file);
  const runs = listed
    .filter((run): run is KnownRun => run.summary !== undefined && run.summary.rehearsed !== true)
    .filter(({ summary }) => Date.parse(summary.startedAt) >= since);
  if (file === undefined) return tellAll(runs, options);
  if (runs.length === 0 && !existsSync(file)) {
    complain(`there is no file \`${file}\`, and no run of it`);
    return exitCode.usage;
  }
  return tellOne(resolve(file), runs, options);
}

/** Milliseconds since 1970; undefined for what is neither a span nor a date. */
function momentOf(text: string): number | undefined {
  const span = parseDuration(text);
  if (span !== undefined) return Date.now() - span;
  const moment = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(moment) ? undefined : moment;
}

function tellAll(runs: readonly KnownRun[], { json, since }: StatsOptions): number {
  const byRunbook = new Map<string, KnownRun[]>();
  for (const run of runs) {
    const { runbook } = run.summary;
    const own = byRunbook.get(runbook);
    if (own === undefined) byRunbook.set(runbook, [run]);
    else own.push(run);
  }
  const all = [...byRunbook].flatMap(([runbook, own]) => {
    const [newest] = own;
    const last = newest && { title: newest.summary.title, lastStartedAt: newest.summary.startedAt };
    return last ? [{ runbook, ...last, ...statisticsOfRuns(own.map(({ summary }) => summary)) }] : [];
  });
  if (json) writeResult(`${JSON.stringify(all, null, 2)}\n`);
  else if (all.length === 0) writeMessage(`no runs ${untilWhen(since)}\n`);
  else {
    const rows = all.map((one) => [
      String(one.runs),
      String(one.outcomes.succeeded ?? 0),
      String(failedRuns(one)),
      one.took ? formatDuration(one.took.medianMs) : '-',
      formatTime(one.lastStartedAt),
      `${visibleText(one.title)} (${visibleText(shortPath(one.runbook))})`,
    ]);
    const head = ['runs', 'succeeded', 'failed', 'median', 'last', 'runbook'];
    writeResult(layOutColumns([head, ...rows], [0, 1, 2, 3]));
  }
  return exitCode.succeeded;
}

function tellOne(runbook: string, runs: readonly KnownRun[], { json, since }: StatsOptions): number {
  const histories: (readonly RecordedEvent[])[] = [];
  let status: number = exitCode.succeeded;
  for (const { id, folder } of runs) {
    const { events, state } = readJournal(folder.journal);
    histories.push(events);
    if (state.type !== 'corrupt') continue;
    complain(
      `line ${state.line} of the journal of run \`${id}\` ${state.reason}; what follows is not counted`,
    );
    status = exitCode.failed;
  }
  const [newest] = runs;
  const whole = statisticsOfRuns(runs.map(({ summary }) => summary));
  const plan = newest && planOfRun(newest.folder, histories[0] ?? []);
  if (newest && !plan) return exitCode.failed;
  const items = plan ? statisticsOfItems(plan, histories) : [];
  const firstStartedAt = runs.at(-1)?.summary.startedAt;
  if (json) {
    const { title, estimateMs } = plan ?? {};
    const lastStartedAt = newest?.summary.startedAt;
    writeResult(
      `${JSON.stringify({ runbook, title, firstStartedAt, lastStartedAt, ...whole, estimateMs, items }, null, 2)}\n`,
    );
  } else if (plan === undefined || firstStartedAt === undefined)
    writeMessage(`no runs of \`${shortPath(runbook)}\` ${untilWhen(since)}\n`);
  else {
    writeResult(`${visibleText(plan.title)} (${visibleText(shortPath(runbook))})\n`);
    writeResult(
      `${counted(whole.runs, 'run')} since ${formatTime(firstStartedAt)}: ${outcomeWords(whole)}\n`,
    );
    if (whole.took) writeResult(`${tookWords(whole.took, plan.estimateMs)}\n`);
    if (items.length > 0) writeResult(`\n${renderItems(items)}`);
  }
  return status;
}

function tookWords({ medianMs, longestMs }: Spread, estimateMs: number | undefined): string {
  const estimate = estimateMs === undefined ? '' : `; estimated ${writtenDuration(estimateMs)}`;
  return `a success took ${formatDuration(medianMs)} (median), ${formatDuration(longestMs)} at most${estimate}`;
}

function renderItems(items: readonly ItemStatistics[]): string {
  const head = ['step', 'ran', 'failed', 'again', 'passed over', 'median', 'longest', 'estimate'];
  const rows = items.map(({ address, ran, failed, repeated, passedOver, took, estimateMs }) => [
    address,
    String(ran),
    String(failed),
    String(repeated),
    String(passedOver),
    took ? formatDuration(took.medianMs) : '-',
    took ? formatDuration(took.longestMs) : '-',
    estimateMs === undefined ? '-' : writtenDuration(estimateMs),
  ]);
  return layOutColumns([head, ...rows], [1, 2, 3, 4, 5, 6, 7]);
}

const outcomeNames = [
  ['succeeded', 'succeeded'],
  ['failed', 'failed'],
  ['rolled-back', 'rolled back'],
  ['rollback-failed', 'failed to roll back'],
  ['precondition-failed', 'held up by a precondition'],
  ['stopped', 'stopped'],
] as const;

function outcomeWords({ outcomes, open }: RunStatistics): string {
  const ended = outcomeNames.flatMap(([outcome, words]) => {
    const count = outcomes[outcome] ?? 0;
    return count === 0 ? [] : [`${count} ${words}`];
  });
  return listed([...ended, ...(open > 0 ? [`${open} not ended`] : [])]);
}

/** What did not do what it was run for and changed something, or may have. */
function failedRuns({ outcomes }: RunStatistics): number {
  return (outcomes.failed ?? 0) + (outcomes['rolled-back'] ?? 0) + (outcomes['rollback-failed'] ?? 0);
}

const untilWhen = (since: string | undefined): string => (since === undefined ? 'yet' : 'since then');

/** Relative where that is shorter. */
function shortPath(path: string): string {
  const near = relative(process.cwd(), path);
  return near.length < path.length && near !== '' ? near : path;
}
