// Owns a run as its page shows it, read from its folder.

import type { ListedRun, RunStore } from '../../../engine/journal/run-store.ts';
import type { RunOrigin } from '../../../engine/queue/queued-run.ts';
import type { RunQueue } from '../../../engine/queue/run-queue.ts';
import { isWordOfOperator } from '../../../run/answers/is-word-of-operator.ts';
import type { RunState } from '../../../run/state.ts';
import type { MachineTime } from '../../../surfaces/reports/cost/run-cost.ts';
import { reportOf } from '../../../surfaces/reports/telling/report-of.ts';
import type { Person } from '../../../surfaces/web/person.ts';
import type { ShownRun, WebRun } from '../../../surfaces/web/web-port.ts';
import { costOfReadRun } from '../../history/cost-of-read-run.ts';
import { readRun } from '../../history/read-run.ts';
import { runStatus } from '../../runs/run-status.ts';
import { cutOffOf } from '../../telling/cut-off-of.ts';
import { outputFiles } from './output-files.ts';
import { pauseWords } from './pause-words.ts';
import { runningBlocks, runningOutputs } from './running-outputs.ts';
import { excerptOf, webQuestions } from './web-questions.ts';

/** Who asked for a run: a person, or the sender of an event. */
export function originWords(origin: RunOrigin): string {
  return origin.type === 'person' ? origin.person : origin.source;
}

/** A run as lists have it; `origin` is that of one that a server has started. */
export function webRun(store: RunStore, run: ListedRun, origin: RunOrigin | undefined): WebRun {
  const { summary } = run;
  const status = runStatus(store, run);
  const waits = status === 'paused' ? pauseWords(run.folder) : undefined;
  return {
    id: run.id,
    title: summary?.title ?? '',
    status,
    ...(waits !== undefined && { waits }),
    startedBy: origin === undefined ? (summary?.by ?? '') : originWords(origin),
    startedAt: summary?.startedAt ?? '',
  };
}

/** What a server knows of a run beside its record. */
export interface KnownToServer {
  readonly machine?: MachineTime | undefined;
  readonly origin?: RunOrigin | undefined;
  /** Why a worker has let it rest. */
  readonly rests?: string | undefined;
}

/** Why a worker has let it rest on which no process works now, where its record does not say so. */
export function stuckWords({ lifecycle, pause }: RunState, rests: string | undefined): string | undefined {
  // Another process had it, and has broken off as well.
  if (lifecycle === 'running' && rests === '') return 'its process broke off';
  return lifecycle === 'ended' || rests === '' || rests === pause?.message ? undefined : rests;
}

/** What the queue knows of it. */
export async function knownTo(queue: RunQueue, { id }: ListedRun): Promise<KnownToServer> {
  const machine = (await queue.machineTimes(id)).get(id);
  const { origin, status, reason } = (await queue.run(id)) ?? {};
  return { machine, origin, rests: status === 'resting' ? reason : undefined };
}

/** Whether a person of the page can have it taken up, though nothing is asked. */
export function canGoOn({ lifecycle, pause, options }: RunState, stuck: string | undefined): boolean {
  if (lifecycle === 'ended' || options.servedBy === undefined) return false;
  if (stuck !== undefined) return true;
  if (lifecycle !== 'paused' || pause === undefined) return false;
  // The system has refused to write: it may be mended by now.
  return isWordOfOperator(pause.reason) || pause.reason === 'document' || pause.reason === 'journal';
}

/** All of it, for that person; undefined where it has not begun, or what it ran cannot be read. */
export function shownRun(
  store: RunStore,
  run: ListedRun,
  person: Person,
  { machine, origin, rests }: KnownToServer,
): ShownRun | undefined {
  if (!store.hasBegun(run.folder)) return undefined;
  const mark = store.journalSize(run.folder);
  const isLive = store.isLive(run.folder);
  const isElsewhere = store.goesOnElsewhere(run.folder);
  const read = readRun(run.folder);
  if (read === undefined) return undefined;
  const { state, history } = read;
  const running = isLive ? runningOutputs(run.folder, state) : [];
  const cost = costOfReadRun(read, machine);
  const started = history.find(({ event }) => event.type === 'RunStarted')?.event;
  const cause = started?.type === 'RunStarted' ? started.cause : undefined;
  const stuck = isLive ? undefined : stuckWords(state, rests);
  return {
    ...webRun(store, run, origin),
    ...(cause !== undefined && { cause }),
    ...(stuck !== undefined && { stuck }),
    mark,
    isLive,
    isOpen: !isElsewhere && state.lifecycle !== 'ended' && state.options.servedBy !== undefined,
    // Where it goes on, it asks as well, and is answered.
    canGoOn: !isElsewhere && canGoOn(state, stuck),
    questions: isElsewhere ? [] : webQuestions({ store, run, read, isLive, person }),
    report: reportOf({
      state,
      history,
      read: excerptOf(read),
      cutOff: cutOffOf(run.folder, read),
      isLive,
      ...(cost && { cost }),
    }),
    running: runningBlocks(read.outputs, running),
    outputs: [...outputFiles(run.folder, history), ...running],
  };
}
