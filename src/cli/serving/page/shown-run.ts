// Owns a run as its page shows it, read from its folder.

import type { ListedRun, RunStore } from '../../../engine/journal/run-store.ts';
import type { MachineTime } from '../../../surfaces/reports/cost/run-cost.ts';
import type { ReadOutput } from '../../../surfaces/reports/document-log.ts';
import { reportOf } from '../../../surfaces/reports/telling/report-of.ts';
import type { Person } from '../../../surfaces/web/person.ts';
import type { ShownRun, WebRun } from '../../../surfaces/web/web-port.ts';
import { costOfReadRun } from '../../history/cost-of-read-run.ts';
import { readRun } from '../../history/read-run.ts';
import { runStatus } from '../../runs/run-status.ts';
import { outputFiles } from './output-files.ts';
import { webQuestions } from './web-questions.ts';

/** A run as lists have it. */
export function webRun(store: RunStore, run: ListedRun): WebRun {
  const { summary } = run;
  return {
    id: run.id,
    title: summary?.title ?? '',
    status: runStatus(store, run),
    startedBy: summary?.by ?? '',
    startedAt: summary?.startedAt ?? '',
  };
}

/** All of it, for that person; undefined where it has not begun, or what it ran cannot be read. */
export function shownRun(
  store: RunStore,
  run: ListedRun,
  person: Person,
  machine: MachineTime | undefined,
): ShownRun | undefined {
  if (!store.hasBegun(run.folder)) return undefined;
  const mark = store.journalSize(run.folder);
  const isLive = store.isLive(run.folder);
  const isElsewhere = store.goesOnElsewhere(run.folder);
  const read = readRun(run.folder);
  if (read === undefined) return undefined;
  const { state, history, outputs } = read;
  const cost = costOfReadRun(read, machine);
  const excerpt: ReadOutput = (output) => outputs.excerpt(output, 'its whole output below');
  const started = history.find(({ event }) => event.type === 'RunStarted')?.event;
  const cause = started?.type === 'RunStarted' ? started.cause : undefined;
  return {
    ...webRun(store, run),
    ...(cause !== undefined && { cause }),
    mark,
    isLive,
    isOpen: !isElsewhere && state.lifecycle !== 'ended' && state.options.servedBy !== undefined,
    // Where it goes on, it asks as well, and is answered.
    questions: isElsewhere ? [] : webQuestions({ store, run, read, isLive, person }),
    report: reportOf({ state, history, read: excerpt, isLive, ...(cost && { cost }) }),
    outputs: outputFiles(run.folder, history),
  };
}
