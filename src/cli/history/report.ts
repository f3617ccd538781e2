// Owns `runsheet report`: a run told for people who were not there, from its journal.
import type { ReadOutput } from '../../surfaces/reports/document-log.ts';
import { renderReport } from '../../surfaces/reports/telling/render-report.ts';
import type { ReportFormat } from '../../surfaces/reports/telling/report-formats.ts';
import { exitCode } from '../exit-code.ts';
import { chosenStateFolder, openRunStore } from '../load/open-run-store.ts';
import { findRun } from '../runs/find-run.ts';
import { readEarlierTimes } from '../runs/read-earlier-times.ts';
import { cutOffOf } from '../telling/cut-off-of.ts';
import { writeResult } from '../write-result.ts';
import { costOfReadRun } from './cost-of-read-run.ts';
import { readRun } from './read-run.ts';
import { readWorkerTimes } from './worker-times.ts';

/** What `runsheet report` was given beside the run. */
export interface ReportOptions {
  readonly format: ReportFormat;
  readonly stateDir?: string;
}

/** Prints a run as a report; gives the exit code. */
export async function report(name: string | undefined, options: ReportOptions): Promise<number> {
  const store = openRunStore(options.stateDir);
  const found = findRun(store, name, (run) => store.hasBegun(run.folder));
  if (!found.ok) return found.error;
  const { folder, summary } = found.value;
  const isLive = store.isLive(folder);
  const run = readRun(folder);
  if (run === undefined) return exitCode.failed;
  const { state, history, outputs } = run;
  const read: ReadOutput = (output) => outputs.excerpt(output, `runsheet show ${folder.id}`);
  const earlier = summary && (await readEarlierTimes(store, summary, state.plan));
  // Only a server has seen more of a run than its journal.
  const times =
    state.options.servedBy === undefined
      ? undefined
      : await readWorkerTimes(chosenStateFolder(options.stateDir), folder.id);
  const cost = costOfReadRun(run, times?.machines.get(folder.id));
  const more = { cutOff: cutOffOf(folder, run), ...(earlier && { earlier }), ...(cost && { cost }) };
  writeResult(renderReport(options.format, { state, history, read, isLive, ...more }));
  // A live run writes its journal while it is read.
  return isLive ? exitCode.succeeded : run.tellDamage();
}
