// Owns `runsheet report`: a run told for people who were not there, from its journal.
import { readJournal } from '../../engine/journal/read-journal.ts';
import { evolve, initialState } from '../../run/evolve.ts';
import type { ReadOutput } from '../../surfaces/reports/document-log.ts';
import { type ReportFormat, renderReport } from '../../surfaces/reports/telling/render-report.ts';
import { exitCode } from '../exit-code.ts';
import { openRunStore } from '../load/open-run-store.ts';
import { planOfRun } from '../load/plan-of-run.ts';
import { tellDamage } from '../load/tell-damage.ts';
import { findRun } from '../runs/find-run.ts';
import { StoredOutputs } from '../session/stored-outputs.ts';
import { writeResult } from '../write-result.ts';

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
  const { folder } = found.value;
  const isLive = store.isLive(folder);
  const content = readJournal(folder.journal);
  const { events } = content;
  const plan = planOfRun(folder, events);
  if (plan === undefined) return exitCode.failed;
  const state = events.reduce(evolve, initialState(plan));
  const outputs = new StoredOutputs(folder.path, events);
  const read: ReadOutput = (output) => outputs.excerpt(output, `runsheet show ${folder.id}`);
  writeResult(renderReport(options.format, { state, history: events, read, isLive }));
  // A live run writes its journal while it is read.
  return isLive ? exitCode.succeeded : tellDamage(folder, content);
}
