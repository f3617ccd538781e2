// Owns who is to be told of what happens in a run, by the rules of its plan.
import type { EventOf, RecordedEvent, RunEvent } from '../event.ts';
import type { PlanItem } from '../plan.ts';
import { isSettled, type RunState } from '../state.ts';
import { mayRetry } from './failure-effect.ts';

/** One channel to be told one thing. */
export interface WantedNotification {
  /** Name of a channel. */
  readonly to: string;
  /** What it is told, in a word or two: `failed`, `failure of drain`, `after 5m`. */
  readonly about: string;
}

/** Every channel that an event is news for, each once. */
export function notificationsOf({ event }: RecordedEvent, state: RunState): readonly WantedNotification[] {
  // A rehearsal changes nothing, and is no news to anybody.
  if (state.options.rehearse) return [];
  const { notify = [], escalation = [] } = state.plan;
  const topics = topicsOf(event, state);
  const about = aboutOf(event, topics);
  const named = topics.flatMap((topic) => [
    ...notify.filter(({ on }) => on.includes(topic)).map(({ to }) => ({ to, about })),
    ...escalation.filter(({ after }) => after === topic).map(({ to }) => ({ to, about })),
  ]);
  const wanted = [...named, ...ofSteps(event, state)];
  const keys = wanted.map(({ to, about: what }) => `${to}\0${what}`);
  return wanted.filter((_, index) => keys.indexOf(keys[index] ?? '') === index);
}

/** The words of `on` and `after` that an event answers to. */
function topicsOf(event: RunEvent, state: RunState): readonly string[] {
  switch (event.type) {
    case 'RunStarted':
      return ['started'];
    case 'RunResumed':
      return ['resumed'];
    case 'RunPaused':
      return ['paused'];
    case 'RunEnded':
      return [event.outcome, 'ended'];
    case 'RollbackStarted':
      return ['rollback'];
    case 'ApprovalRequested':
      return ['approval'];
    case 'ApprovalTimedOut':
      return ['approval-timeout'];
    case 'BlockFailed':
    case 'BackgroundEnded':
      return failedForGood(event, state) ? ['failure'] : [];
    default:
      return [];
  }
}

function aboutOf(event: RunEvent, topics: readonly string[]): string {
  const what = (topics[0] ?? '').replace('-timeout', ' timeout');
  return 'address' in event && event.address !== undefined ? `${what} of ${event.address}` : what;
}

/** A failure that somebody has to answer: no attempt follows by itself, and nobody interrupted it. */
function failedForGood(event: EventOf<'BlockFailed' | 'BackgroundEnded'>, state: RunState): boolean {
  const index = state.indexOf.get(event.address) ?? -1;
  const item = state.plan.items[index];
  const known = state.items[index];
  if (!item || !known || item.kind === 'runbook') return false;
  if (event.reason === undefined || event.reason.type === 'interrupted') return false;
  return known.status === 'failed' && !mayRetry(item, known);
}

/** `notify=` of blocks and of steps: told when what it stands at has ended, one way or the other. */
function ofSteps(event: RunEvent, state: RunState): readonly WantedNotification[] {
  if (!('address' in event) || event.address === undefined) return [];
  const index = state.indexOf.get(event.address) ?? -1;
  const item = state.plan.items[index];
  const known = state.items[index];
  if (!item?.notify || !known) return [];
  const mayFail = event.type === 'BlockFailed' || event.type === 'BackgroundEnded';
  const failed = mayFail && failedForGood(event, state);
  if (!failed && !(isSettled(known.status) && settles(event))) return [];
  const own = item.notify.item.map((to) => ({ to, about: `${wordOf(event)} of ${item.address}` }));
  const isLast = failed || isStepOver(item, state);
  const ofStep = isLast
    ? item.notify.step.map((to) => ({ to, about: `${wordOf(event)} of ${item.step}` }))
    : [];
  return [...own, ...ofStep];
}

const ends: Readonly<Partial<Record<RunEvent['type'], string>>> = {
  BlockPassed: 'end',
  BlockFailed: 'failure',
  BackgroundEnded: 'failure',
  BlockSkipped: 'skip',
  BlockAlreadyDone: 'end',
  BlockMarkedDone: 'end',
  ManualStepDone: 'end',
  DoubtResolved: 'end',
  FailureDecided: 'end',
};

/** That a block in the background is over was told when it was begun, but for its failure. */
function settles({ type }: RunEvent): boolean {
  return ends[type] !== undefined && type !== 'BackgroundEnded';
}

function wordOf({ type }: RunEvent): string {
  return ends[type] ?? 'end';
}

function isStepOver({ step }: PlanItem, state: RunState): boolean {
  return state.plan.items.every(
    (item, index) => item.step !== step || isSettled(state.items[index]?.status ?? 'passed'),
  );
}
