// Owns `runsheet report`: a run told for people who were not there, from its journal.
import { homedir } from 'node:os';
import { readJournal } from '../../engine/journal/read-journal.ts';
import { RunStore } from '../../engine/journal/run-store.ts';
import { stateFolder } from '../../engine/journal/state-folder.ts';
import { evolve, initialState } from '../../run/evolve.ts';
import { renderHtmlReport } from '../../surfaces/reports/render-html-report.ts';
import { renderMarkdownReport } from '../../surfaces/reports/render-markdown-report.ts';
import { reportOf } from '../../surfaces/reports/run-report.ts';
import { exitCode } from '../exit-code.ts';
import { findRun } from '../load/find-run.ts';
import { complain } from '../report-diagnostics.ts';
import { writeOut } from '../write-out.ts';

export interface ReportOptions {
  readonly format: 'markdown' | 'html';
  readonly stateDir?: string;
}

export async function report(name: string | undefined, options: ReportOptions): Promise<number> {
  const store = new RunStore(stateFolder(options.stateDir, process.env, homedir()));
  const found = findRun(store, name, (run) => store.hasBegun(run.folder));
  if (!found.ok) return found.error;
  const { folder } = found.value;
  const { events, state: journal } = readJournal(folder.journal);
  const state = events.reduce(evolve, initialState(store.readPlan(folder)));
  const told = reportOf(state, events);
  writeOut(options.format === 'html' ? renderHtmlReport(told) : renderMarkdownReport(told));
  if (journal.type !== 'corrupt') return exitCode.succeeded;
  complain(`line ${journal.line} of the journal ${journal.reason}; the report ends before it`);
  return exitCode.failed;
}
