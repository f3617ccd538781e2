// Owns who is to be told of what happens in a run, by the rules of its plan.
import type { Address } from '../../basics/address.ts';
import type { EventOf, RecordedEvent, RunEvent } from '../event.ts';
import type { PageRules, PlanItem } from '../plan.ts';
import { enclosingLinks } from '../rules/enclosing-links.ts';
import { mayRetry } from '../rules/failure-effect.ts';
import { linksWithRules } from '../rules/links-with-rules.ts';
import { isSettled, type RunState } from '../state.ts';

/** One channel to be told one thing. */
export interface WantedNotification {
  /** Name of a channel. */
  readonly to: string;
  /** What it is told, in a word or two: `failed`, `failure of drain`, `after 5m`. */
  readonly about: string;
  /** The words of the rule's author, with references to variables. */
  readonly text?: string;
  /** The link whose page has the rule; absent for the opened one. */
  readonly within?: Address;
  /** How long it is waited whether somebody sees to it; absent where it is told at once. */
  readonly delay?: { readonly written: string; readonly ms: number };
}

/** Every channel that an event is news for, each once. */
export function notificationsOf({ event }: RecordedEvent, state: RunState): readonly WantedNotification[] {
  // A rehearsal changes nothing, and is no news to anybody.
  if (state.options.rehearse) return [];
  if (event.type === 'UpdateWritten') return event.to.map((to) => ({ to, about: 'update' }));
  const topics = topicsOf(event, state);
  const ofLinks = linksWithRules(state.plan).flatMap(({ index, item, page }) =>
    ofRules(page, event, topicsWithin(index, topics, event, state)).map((one) => ({
      ...one,
      within: item.address,
    })),
  );
  const wanted = [...ofLinks, ...ofRules(state.plan, event, topics), ...ofSteps(event, state)];
  const keys = wanted.map(({ to, about: what }) => `${to}\0${what}`);
  return wanted.filter((_, index) => keys.indexOf(keys[index] ?? '') === index);
}

/** A notification that is due at a time, if what it is of is not over then. */
export interface LateNotification {
  readonly wanted: WantedNotification;
  /** How long after the start, as written. */
  readonly after: string;
  /** Wall time in milliseconds. */
  readonly dueMs: number;
}

/** What is to be told of the time: of the run since its start, and of each open link since its own. */
export function lateNotificationsOf(state: RunState): readonly LateNotification[] {
  const { plan, items, startedAt } = state;
  const open = linksWithRules(plan).filter(({ index }) => items[index]?.status === 'running');
  return [
    ...lateOf(plan, startedAt, undefined),
    ...open.flatMap(({ index, item, page }) => lateOf(page, items[index]?.startedAt, item.address)),
  ];
}

function lateOf(
  { escalation = [] }: PageRules,
  startedAt: string | undefined,
  within: Address | undefined,
): readonly LateNotification[] {
  return escalation.flatMap(({ after, afterMs, to, text }) => {
    if (afterMs === undefined) return [];
    const about = within === undefined ? `after ${after}` : `after ${after} of ${within}`;
    const wanted = {
      to,
      about,
      ...(text !== undefined && { text }),
      ...(within !== undefined && { within }),
    };
    return [{ wanted, after, dueMs: Date.parse(startedAt ?? '') + afterMs }];
  });
}

function ofRules(
  { notify = [], escalation = [] }: PageRules,
  event: RunEvent,
  topics: readonly string[],
): readonly WantedNotification[] {
  const about = aboutOf(event, topics);
  const at = (topic: string): readonly WantedNotification[] => [
    ...notify.filter(({ on }) => on.includes(topic)).map(({ to, text }) => ({ to, about, ...said(text) })),
    ...escalation
      .filter(({ after }) => after === topic)
      .map(({ to, text, delay: written, delayMs: ms }) =>
        written === undefined || ms === undefined
          ? { to, about, ...said(text) }
          : { to, about: `${about} after ${written}`, delay: { written, ms }, ...said(text) },
      ),
  ];
  return topics.flatMap(at);
}

function said(text: string | undefined): Pick<WantedNotification, 'text'> {
  return text === undefined ? {} : { text };
}

/** What an event is to the page of a link: of the run what happens in it, and its own course and end. */
function topicsWithin(
  link: number,
  topics: readonly string[],
  event: RunEvent,
  state: RunState,
): readonly string[] {
  const known = state.items[link];
  if (known === undefined || known.attempts === 0) return [];
  if (event.type === 'RunPaused' || event.type === 'RunResumed' || event.type === 'RunFoundBrokenOff')
    return known.status === 'running' ? topics : [];
  if (event.type === 'RollbackStarted') return topics;
  // One that the end of the run cut off has been told of its end already.
  if (event.type === 'RunEnded')
    return known.status !== 'failed' && event.outcome.startsWith('roll') ? [event.outcome] : [];
  if (!('address' in event) || event.address === undefined) return [];
  const index = state.indexOf.get(event.address);
  const item = index === undefined ? undefined : state.plan.items[index];
  if (index === link) return topicsOfLink(event);
  return item !== undefined && enclosingLinks(state, item).includes(link) ? topics : [];
}

function topicsOfLink(event: RunEvent): readonly string[] {
  if (event.type === 'BlockStarted') return ['started'];
  if (event.type === 'BlockPassed') return ['succeeded', 'ended'];
  if (event.type !== 'BlockFailed') return [];
  return [event.reason.type === 'runbook' ? event.reason.outcome : 'failed', 'ended'];
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
    case 'ApprovalDenied':
      return ['denied', 'failure'];
    case 'RunFoundBrokenOff':
      return ['broken-off', 'failure'];
    case 'ApprovalTimedOut':
      return event.action === 'deny' ? ['approval-timeout', 'failure'] : ['approval-timeout'];
    default:
      return isFailure(event, state) ? ['failure'] : [];
  }
}

/** What somebody has to answer: also that people have denied a step, or were not there to allow it. */
function isFailure(event: RunEvent, state: RunState): boolean {
  switch (event.type) {
    case 'ApprovalDenied':
      return true;
    case 'ApprovalTimedOut':
      return event.action === 'deny';
    case 'DoubtResolved':
      return event.as === 'failed';
    case 'BlockFailed':
    case 'BackgroundEnded':
      return failedForGood(event, state);
    default:
      return false;
  }
}

function aboutOf(event: RunEvent, topics: readonly string[]): string {
  const isDenial = event.type === 'ApprovalDenied';
  const what = isDenial
    ? 'denial'
    : (topics[0] ?? '').replace('-timeout', ' timeout').replace('broken-off', 'interrupted');
  return 'address' in event && event.address !== undefined ? `${what} of ${event.address}` : what;
}

/** A failure that somebody has to answer: no attempt follows by itself, and nobody interrupted it. */
function failedForGood(event: EventOf<'BlockFailed' | 'BackgroundEnded'>, state: RunState): boolean {
  const index = state.indexOf.get(event.address) ?? -1;
  const item = state.plan.items[index];
  const known = state.items[index];
  if (!item || !known || item.kind === 'runbook' || item.probe) return false;
  if (event.reason === undefined || event.reason.type === 'interrupted') return false;
  return known.status === 'failed' && !known.isNoGate && !mayRetry(item, known);
}

/** `notify=` of blocks and of steps: told when what it stands at has ended, one way or the other. */
function ofSteps(event: RunEvent, state: RunState): readonly WantedNotification[] {
  if (!('address' in event) || event.address === undefined) return [];
  const index = state.indexOf.get(event.address) ?? -1;
  const item = state.plan.items[index];
  const known = state.items[index];
  if (!item?.notify || !known) return [];
  const failed = isFailure(event, state);
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
  ApprovalDenied: 'denial',
  ApprovalTimedOut: 'timeout',
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

function wordOf(event: RunEvent): string {
  if (event.type === 'DoubtResolved' && event.as === 'failed') return 'failure';
  return ends[event.type] ?? 'end';
}

function isStepOver({ step }: PlanItem, state: RunState): boolean {
  return state.plan.items.every(
    (item, index) => item.step !== step || isSettled(state.items[index]?.status ?? 'passed'),
  );
}
