// Owns `runsheet runs`: the list of runs, newest first.
import { existsSync } from 'node:fs';
import type { ListedRun, RunStore } from '../../engine/journal/run-store.ts';
import { formatMoment } from '../../runbook/regions/format-duration.ts';
import { visibleText } from '../../text/visible-text.ts';
import { layOutColumns } from '../../view/layout/lay-out-columns.ts';
import { exitCode } from '../exit-code.ts';
import { openRunStore } from '../load/open-run-store.ts';
import { outputColumns } from '../output-columns.ts';
import { complain } from '../report-diagnostics.ts';
import { runStatus } from '../runs/run-status.ts';
import { tellBrokenOff } from '../telling/tell-broken-off.ts';
import { writeMessage, writeResult } from '../write-result.ts';

/** What `runsheet runs` was given beside the runbook. */
export interface RunsOptions {
  readonly json?: boolean;
  readonly limit: number;
  readonly stateDir?: string;
}

/** Lists runs, newest first; gives the exit code. */
export async function runs(file: string | undefined, options: RunsOptions): Promise<number> {
  const store = openRunStore(options.stateDir);
  await tellBrokenOff(store);
  const all = file === undefined ? store.list(options.limit) : store.listOf(file);
  if (file !== undefined && all.length === 0 && !existsSync(file)) {
    complain(`there is no file \`${file}\`, and no run of it`);
    return exitCode.usage;
  }
  const shown = all.slice(0, options.limit);
  if (options.json) {
    writeResult(
      `${JSON.stringify(
        shown.map((run) => ({ id: run.id, ...run.summary, status: runStatus(store, run) })),
        null,
        2,
      )}\n`,
    );
    return exitCode.succeeded;
  }
  if (shown.length === 0) writeMessage('no runs yet\n');
  else {
    writeResult(renderRuns(store, shown));
    const resting = shown.find((run) => ['paused', 'interrupted'].includes(runStatus(store, run)));
    if (resting !== undefined)
      writeMessage(`\`runsheet show ${resting.id}\` says what it waits for, and how to answer\n`);
  }
  return exitCode.succeeded;
}

/** In fewer columns the list leaves out what it can. */
const roomyColumns = 120;

function renderRuns(store: RunStore, shown: readonly ListedRun[]): string {
  const width = outputColumns();
  // The id says when, too.
  const hasTime = width === undefined || width >= roomyColumns;
  const rows = shown.map((run) => [
    run.id,
    runStatus(store, run),
    ...(hasTime ? [run.summary ? formatMoment(run.summary.startedAt) : ''] : []),
    visibleText(run.summary?.by ?? ''),
    `${visibleText(run.summary?.title ?? '')}${run.summary?.rehearsed ? ' (rehearsal)' : ''}`,
  ]);
  const last = hasTime ? 4 : 3;
  return layOutColumns(rows, [], width === undefined ? undefined : { width, cut: [last, last - 1] });
}
