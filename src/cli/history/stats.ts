// Owns `runsheet stats`: what the runs that are kept say of a runbook, or of each.
import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { ListedRun, RunStore } from '../../engine/journal/run-store.ts';
import { parseDuration } from '../../runbook/parse-duration.ts';
import { formatDuration } from '../../runbook/regions/format-duration.ts';
import {
  byHandWords,
  idleShareWords,
  machineCostWords,
  peopleCostWords,
} from '../../surfaces/reports/cost/money-words.ts';
import type { IdleTime } from '../../surfaces/reports/cost/run-cost.ts';
import { renderHtmlPage } from '../../surfaces/reports/page/render-html-page.ts';
import { badge } from '../../surfaces/reports/statistics/badge.ts';
import type { ItemStatistics } from '../../surfaces/reports/statistics/run-statistics.ts';
import {
  monthRows,
  monthsOf,
  runbookPage,
  runbooksPage,
} from '../../surfaces/reports/statistics/runbook-page.ts';
import type { RunbookStatistics } from '../../surfaces/reports/statistics/runbook-statistics.ts';
import {
  estimateWords,
  failedRuns,
  outcomeCounts,
  proofWords,
  savedWords,
  spreadWords,
} from '../../surfaces/reports/statistics/spread-words.ts';
import { visibleText } from '../../text/visible-text.ts';
import { layOutColumns } from '../../view/layout/lay-out-columns.ts';
import { formatTime } from '../../view/words/format-time.ts';
import { counted, listed } from '../../view/words/quoted.ts';
import { writtenDuration } from '../../view/words/written-duration.ts';
import { exitCode } from '../exit-code.ts';
import { loadConfiguration } from '../load/load-configuration.ts';
import { chosenStateFolder, openRunStore } from '../load/open-run-store.ts';
import { outputColumns } from '../output-columns.ts';
import { complain, reportDiagnostics } from '../report-diagnostics.ts';
import { systemClock } from '../system-clock.ts';
import { writeMessage, writeResult } from '../write-result.ts';
import { pageOfCommit } from './page-of-commit.ts';
import { byPage, type KnownRun, readStatistics, withoutRuns } from './read-statistics.ts';
import { idleTimes, readWorkerTimes, type WorkerTimes } from './worker-times.ts';

/** What `runsheet stats` was given beside the runbook. */
export interface StatsOptions {
  readonly json?: boolean;
  readonly format?: 'table' | 'json' | 'html' | 'badge';
  /** Only runs that started then or later: a span before now, such as `30d`, or a date. */
  readonly since?: string;
  readonly stateDir?: string;
}

/** Tells what the runs of a runbook, or of all, come to; gives the exit code. */
export async function stats(file: string | undefined, options: StatsOptions): Promise<number> {
  const since = options.since === undefined ? Number.NEGATIVE_INFINITY : momentOf(options.since);
  if (since === undefined) {
    complain(
      `\`${options.since}\` is not a time`,
      'give a span such as `30d`, or a date such as `2026-11-01`',
    );
    return exitCode.usage;
  }
  if (file === undefined && options.format === 'badge') {
    complain('a badge shows one runbook', 'name the runbook');
    return exitCode.usage;
  }
  const store = openRunStore(options.stateDir);
  const kept = file === undefined ? store.list() : runsOf(store, file);
  const runs = kept
    .filter((run): run is KnownRun => run.summary !== undefined && run.summary.rehearsed !== true)
    .filter(({ summary }) => Date.parse(summary.startedAt) >= since);
  const times = await readWorkerTimes(chosenStateFolder(options.stateDir));
  if (file === undefined) return tellAll(runs, options, times);
  if (runs.length === 0 && !existsSync(file)) {
    complain(`there is no file \`${file}\`, and no run of it`);
    return exitCode.usage;
  }
  return tellOne(pageOfCommit(resolve(file)), runs, options, times);
}

/** Those of a page, in all commits where it is one of a repository. */
function runsOf(store: RunStore, file: string): readonly ListedRun[] {
  const page = resolve(file);
  const own = store.listOf(file);
  const isOf = ({ summary }: ListedRun): boolean =>
    summary !== undefined && pageOfCommit(summary.runbook) === pageOfCommit(page);
  // Only there the path of the page and that of its runs differ.
  return /\/library\/[0-9a-f]{16}\//.test(page) ? store.list().filter(isOf) : own;
}

/** Milliseconds since 1970; undefined for what is neither a span nor a date. */
function momentOf(text: string): number | undefined {
  const span = parseDuration(text);
  if (span !== undefined) return Date.now() - span;
  const moment = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(moment) ? undefined : moment;
}

const formOf = ({ json, format = 'table' }: StatsOptions): NonNullable<StatsOptions['format']> =>
  json ? 'json' : format;

const now = (): string => systemClock.now().toISOString();

async function tellAll(
  runs: readonly KnownRun[],
  options: StatsOptions,
  times: WorkerTimes,
): Promise<number> {
  const byRunbook = byPage(runs);
  let status: number = exitCode.succeeded;
  const all: RunbookStatistics[] = [];
  for (const [runbook, own] of byRunbook) {
    const read = await readStatistics(runbook, own, times);
    status = Math.max(status, read.status);
    if (read.statistics) all.push(read.statistics);
  }
  const { configuration, problem } = loadConfiguration(resolve('page.md'));
  if (problem) {
    reportDiagnostics(problem.diagnostics, problem.source);
    status = Math.max(status, exitCode.usage);
  }
  const since = options.since === undefined ? undefined : momentOf(options.since);
  const first = since === undefined ? '' : new Date(since).toISOString().slice(0, 7);
  const idle = idleTimes(times, configuration.machineRate).filter(({ month }) => month >= first);
  const form = formOf(options);
  if (form === 'json') writeResult(`${JSON.stringify(all, null, 2)}\n`);
  else if (form === 'html')
    writeResult(renderHtmlPage(runbooksPage(all, withoutRuns(byRunbook), now(), idle)));
  else {
    if (all.length === 0) writeMessage(`no runs ${untilWhen(options.since)}\n`);
    else writeResult(renderAll(all));
    writeResult(renderMonths(all, idle));
  }
  return status;
}

function renderAll(all: readonly RunbookStatistics[]): string {
  const rows = all.map((one) => [
    String(one.runs),
    String(one.outcomes.succeeded ?? 0),
    String(failedRuns(one)),
    one.work ? formatDuration(one.work.medianMs) : '-',
    one.waits ? formatDuration(one.waits.medianMs) : '-',
    one.lastProvenAt?.slice(0, 10) ?? 'never',
    `${visibleText(one.title)} (${visibleText(shortPath(one.runbook))})`,
  ]);
  const head = ['runs', 'succeeded', 'failed', 'work', 'waits', 'last proof', 'runbook'];
  const width = outputColumns();
  return layOutColumns(
    [head, ...rows],
    [0, 1, 2, 3, 4],
    width === undefined ? undefined : { width, cut: [6] },
  );
}

/** What runs cost, month by month, where anything is written by which that can be told. */
function renderMonths(all: readonly RunbookStatistics[], idle: readonly IdleTime[]): string {
  const months = monthsOf(all);
  if (idle.length === 0 && months.every(({ cost }) => !cost.machines.money && !cost.byHand)) return '';
  const head = ['month', 'runs', 'machines', 'workers without a run', 'work by hand', 'all by hand'];
  const width = outputColumns();
  const fit = width === undefined ? undefined : { width, cut: [2, 3, 4, 5] };
  return `\n${layOutColumns([head, ...monthRows(months, idle)], [1], fit)}`;
}

async function tellOne(
  runbook: string,
  runs: readonly KnownRun[],
  options: StatsOptions,
  times: WorkerTimes,
): Promise<number> {
  const form = formOf(options);
  const { statistics: one, status } = await readStatistics(runbook, runs, times);
  if (one === undefined) {
    if (form === 'badge') writeResult(badge({}));
    else if (form === 'json')
      writeResult(`${JSON.stringify({ runbook, runs: 0, open: 0, outcomes: {}, items: [] }, null, 2)}\n`);
    else if (status === exitCode.succeeded)
      writeMessage(`no runs of \`${shortPath(runbook)}\` ${untilWhen(options.since)}\n`);
    return status;
  }
  if (form === 'json') writeResult(`${JSON.stringify(one, null, 2)}\n`);
  else if (form === 'html') writeResult(renderHtmlPage(runbookPage(one, now())));
  else if (form === 'badge') writeResult(badge(one));
  else writeResult(renderOne(one));
  return status;
}

function renderOne(one: RunbookStatistics): string {
  const lines = [
    `${visibleText(one.title)} (${visibleText(shortPath(one.runbook))})`,
    `${counted(one.runs, 'run')} since ${formatTime(one.firstStartedAt)}: ${outcomeCounts(one)}`,
    `last proof  ${proofWords(one, now())}`,
    ...(one.took ? [`took        ${spreadWords(one.took)}`] : []),
    ...(one.work ? [`  work      ${spreadWords(one.work)}`] : []),
    ...(one.waits ? [`  waits     ${spreadWords(one.waits)}`] : []),
    `estimated   ${estimateWords(one)}`,
    `saved       ${savedWords(one.saved)}`,
    `machines    ${machineCostWords(one.cost)}`,
    ...(one.idle ? [`  idle      ${idleShareWords(one.idle)}`] : []),
    `by hand     ${peopleCostWords(one.cost)}; all of it ${byHandWords(one.cost)}`,
    ...named('most failing', one.mostFailing.slice(0, 5)),
    ...named('always skipped', one.alwaysSkipped),
    ...named('never run', one.neverRun),
  ];
  return `${lines.join('\n')}\n${one.items.length > 0 ? `\n${renderItems(one.items)}` : ''}`;
}

function named(what: string, names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : [`${what}: ${listed(names.map((name) => visibleText(name)))}`];
}

function renderItems(items: readonly ItemStatistics[]): string {
  const head = ['part', 'ran', 'failed', 'again', 'skipped', 'median', '9 of 10', 'waited', 'estimate'];
  const rows = items.map(({ address, ran, failed, repeated, passedOver, took, waited, estimateMs }) => [
    visibleText(address),
    String(ran),
    String(failed),
    String(repeated),
    String(passedOver),
    took ? formatDuration(took.medianMs) : '-',
    took ? formatDuration(took.p90Ms) : '-',
    waited ? formatDuration(waited.medianMs) : '-',
    estimateMs === undefined ? '-' : writtenDuration(estimateMs),
  ]);
  const width = outputColumns();
  const fit = width === undefined ? undefined : { width, cut: [0] };
  return layOutColumns([head, ...rows], [1, 2, 3, 4, 5, 6, 7, 8], fit);
}

const untilWhen = (since: string | undefined): string => (since === undefined ? 'yet' : 'since then');

/** Relative where that is shorter. */
function shortPath(path: string): string {
  const near = relative(process.cwd(), path);
  return near.length < path.length && near !== '' ? near : path;
}
