// Owns `runsheet runs`: the list of runs, newest first.
import { homedir } from 'node:os';
import { type ListedRun, RunStore } from '../../engine/journal/run-store.ts';
import { stateFolder } from '../../engine/journal/state-folder.ts';
import { formatMoment } from '../../runbook/regions/format-duration.ts';
import { visibleText } from '../../text/visible-text.ts';
import { layOutColumns } from '../../view/layout/lay-out-columns.ts';
import { exitCode } from '../exit-code.ts';
import { writeError, writeOut } from '../write-out.ts';

export interface RunsOptions {
  readonly json?: boolean;
  readonly limit: number;
  readonly stateDir?: string;
}

export async function runs(file: string | undefined, options: RunsOptions): Promise<number> {
  const store = new RunStore(stateFolder(options.stateDir, process.env, homedir()));
  const all = file === undefined ? store.list(options.limit) : store.listOf(file);
  const shown = all.slice(0, options.limit);
  if (options.json) {
    writeOut(
      `${JSON.stringify(
        shown.map((run) => ({ id: run.id, ...run.summary, status: statusOf(store, run) })),
        null,
        2,
      )}\n`,
    );
    return exitCode.succeeded;
  }
  if (shown.length === 0) writeError('no runs yet\n');
  else writeOut(renderRuns(store, shown));
  return exitCode.succeeded;
}

/** A run that says it is open and that nobody works on was broken off. */
function statusOf(store: RunStore, { folder, summary }: ListedRun): string {
  if (!summary) return 'unreadable';
  if (summary.status === 'open') {
    if (store.isLive(folder)) return 'running';
    return store.hasBegun(folder) ? 'broken off' : 'never begun';
  }
  return summary.status === 'ended' ? (summary.outcome ?? 'ended') : summary.status;
}

function renderRuns(store: RunStore, shown: readonly ListedRun[]): string {
  const rows = shown.map((run) => [
    run.id,
    statusOf(store, run),
    run.summary ? formatMoment(run.summary.startedAt) : '',
    run.summary?.by ?? '',
    `${visibleText(run.summary?.title ?? '')}${run.summary?.rehearsed ? ' (rehearsal)' : ''}`,
  ]);
  return layOutColumns(rows);
}
