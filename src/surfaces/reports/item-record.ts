// Owns what is remembered of one item for the documents that record a run.
import type { Actor, AttemptResult, HostResult, RecordedEvent } from '../../run/event.ts';
import type { ResultDetail, ResultStatus } from '../../runbook/regions/result-view.ts';
import { type EventHandlers, type EventOf, handleSomeEvents } from '../../view/event-handlers.ts';
import { turnWords } from '../../view/words/quoted.ts';
import { decidedWords, decisionWords, reasonWords, skipWords } from '../../view/words/reason-words.ts';

/** One item as its events have left it. */
export interface ItemRecord {
  readonly status: ResultStatus;
  readonly at: string;
  readonly by?: Actor;
  readonly reason?: string;
  /** How its output differs from the expected one, as lines of a unified difference. */
  readonly difference?: string;
  readonly note?: string;
  readonly attempt: number;
  /** Of the last attempt that ended. */
  readonly result?: AttemptResult;
  /** Hosts of the attempt that is under way or broke off: those that have ended, and those that only began. */
  readonly hosts?: Readonly<Record<string, HostResult | undefined>>;
  readonly details: readonly ResultDetail[];
  /** Why an item of its list failed without which the run went on. */
  readonly goneOnAfter?: string;
  /** The code of the last attempt; `edited` holds it where the operator had. Absent where nothing was started. */
  readonly ran?: { readonly edited?: string };
  /** What was set in this run, by index. */
  readonly ticks: Readonly<
    Record<number, { readonly ticked: boolean; readonly by: Actor; readonly at: string }>
  >;
}

/**
 * The record after one more event; `undefined` while there is nothing to report. What no other person did is put down
 * to the `operator`.
 */
export function foldItem(
  before: ItemRecord | undefined,
  { event, at }: RecordedEvent,
  operator: Actor | undefined,
): ItemRecord | undefined {
  const item: ItemRecord = before ?? { status: 'waiting', at, attempt: 0, details: [], ticks: {} };
  const after = handleSomeEvents(recordFolds, event, {
    item,
    at,
    who: operator === undefined ? {} : { by: operator },
  });
  return after ?? before;
}

/** What an event is folded into. */
interface FoldContext {
  readonly item: ItemRecord;
  readonly at: string;
  readonly who: { readonly by?: Actor };
}

/** Events that are not listed change no record. */
const recordFolds: Partial<EventHandlers<ItemRecord, [context: FoldContext]>> = {
  BlockStarted: ({ attempt, code }, { item, at, who }) => ({
    ...forget(withFormerAttempt(item)),
    ...who,
    ran: code === undefined ? {} : { edited: code },
    status: 'running',
    at,
    attempt,
  }),
  HostStarted: ({ host }, { item }) => ({ ...item, hosts: { ...item.hosts, [host]: undefined } }),
  HostEnded: ({ result }, { item }) => ({ ...item, hosts: { ...item.hosts, [result.host]: result } }),
  TurnEnded: ({ attempt, result }, { item, at, who }) => ({
    ...forget(item),
    ...who,
    status: 'waiting',
    at,
    attempt,
    result,
  }),
  BlockPassed: ({ attempt, result }, { item, at, who }) => ({
    ...forget(item),
    ...who,
    status: result.finding ? 'found' : 'passed',
    at,
    attempt,
    result,
  }),
  BlockFailed: ({ attempt, result, reason }, { item, at, who }) => ({
    ...forget(item),
    ...who,
    status: 'failed',
    at,
    attempt,
    result,
    reason: reasonWords(reason),
    ...(reason.type === 'expectation' &&
      reason.difference !== undefined && { difference: reason.difference }),
  }),
  BlockSkipped: ({ by, reason, note, turn }, { item, at }) =>
    turn !== undefined && by !== undefined
      ? decided(item, { decision: `skip it${turnWords({ turn })}`, by, note, at })
      : {
          ...forget(withFormerAttempt(item)),
          ...(by && { by }),
          status: 'skipped',
          at,
          reason: skipWords(reason),
          ...noteOf(note),
        },
  BlockAlreadyDone: (_event, { item, at, who }) => ({ ...forget(item), ...who, status: 'already-done', at }),
  BlockMarkedDone: ({ by, note, turn }, { item, at }) =>
    turn !== undefined
      ? decided(item, { decision: `done by hand${turnWords({ turn })}`, by, note, at })
      : {
          ...forget(withFormerAttempt(item)),
          by,
          status: 'marked-done',
          at,
          ...noteOf(note),
        },
  ManualStepDone: ({ by, note }, { item, at }) => ({
    ...forget(item),
    by,
    status: 'done',
    at,
    ...noteOf(note),
  }),
  BlockFoundInDoubt: (_event, { item, at, who }) => ({
    ...forget(item),
    ...who,
    status: 'in-doubt',
    at,
    reason: 'it was started, and its end was not seen',
  }),
  DoubtResolved: (event, { item, at }) => resolveDoubt(item, event, at),
  FailureDecided: (event, { item, at }) => decideFailure(item, event, at),
  BackgroundEnded: (event, { item, at }) => endBackground(item, event, at),
  LateOutput: ({ attempt, result }, { item }) =>
    item.result !== undefined && attempt === item.attempt ? { ...item, result } : item,
  ChecklistItemSet: ({ index, ticked, by }, { item, at }) => ({
    ...item,
    at,
    by,
    ticks: { ...item.ticks, [index]: { ticked, by, at } },
  }),
  ConfirmationGiven: ({ question, by, automatic }, { item, at }) =>
    withDetail(item, { type: 'confirmed', question, by, automatic, at }),
  DoubtsAccepted: ({ codes, by, automatic }, { item, at }) =>
    withDetail(item, { type: 'accepted', codes, by, automatic, at }),
  NoteAdded: ({ text, by }, { item, at }) => withDetail(item, { type: 'note', text, by, at }),
  ApprovalRequested: ({ by }, { item, at }) => {
    const asked = withDetail(item, { type: 'approval', answer: 'asked', by, at });
    return { ...asked, at, by, reason: 'waiting for approval' };
  },
  ApprovalGiven: ({ by, comment }, { item, at }) => withDetail(item, approval('approved', by, comment, at)),
  ApprovalDenied: ({ by, comment }, { item, at }) => ({
    ...withDetail(item, approval('denied', by, comment, at)),
    status: 'failed',
    at,
    by,
    reason: 'approval denied',
  }),
  AnswerRefused: ({ by, message }, { item, at }) =>
    withDetail(item, { type: 'approval', answer: 'refused', ...(by && { by }), comment: message, at }),
  ApprovalChecked: ({ changed }, { item, at }) =>
    changed.length === 0
      ? item
      : withDetail(item, { type: 'approval', answer: 'void', comment: changed.join(', '), at }),
  ApprovalTimedOut: ({ action }, { item, at }) => {
    const unanswered = withDetail(item, { type: 'approval', answer: 'timed-out', at });
    return action === 'deny'
      ? { ...unanswered, status: 'failed', at, reason: 'not approved in time' }
      : unanswered;
  },
};

/** Takes away what belongs to the former status; the history stays. */
function forget(item: ItemRecord): ItemRecord {
  const { reason: _reason, difference: _difference, note: _note, result: _result, by: _by, ...rest } = item;
  return rest;
}

/** An attempt that failed becomes history when something follows it. */
function withFormerAttempt(item: ItemRecord): ItemRecord {
  if (item.status !== 'failed' || item.result === undefined) return item;
  const { attempt, at, result, reason = '' } = item;
  return withDetail(item, { type: 'attempt', attempt, reason, durationMs: result.durationMs, at });
}

function resolveDoubt(item: ItemRecord, event: EventOf<'DoubtResolved'>, at: string): ItemRecord {
  const { by, as, note, turn } = event;
  if (turn !== undefined && as !== 'failed') {
    const how =
      as === 'run-again' ? 'run again, because its end was not seen' : as === 'done' ? 'done' : 'skip it';
    return decided(item, { decision: `${how}${turnWords({ turn })}`, by, note, at });
  }
  const resolved = { ...forget(item), at, by, ...noteOf(event.note) };
  switch (event.as) {
    case 'done':
      return { ...resolved, status: 'marked-done', reason: 'its end was not seen' };
    case 'skip':
      return { ...resolved, status: 'skipped', reason: 'its end was not seen' };
    case 'failed':
      return { ...resolved, status: 'failed', reason: 'its end was not seen' };
    case 'run-again': {
      const note = event.note === undefined ? {} : { note: event.note };
      const decision = 'run again, because its end was not seen';
      return withDetail(item, { type: 'decided', decision, by, automatic: false, ...note, at });
    }
  }
}

function decideFailure(item: ItemRecord, event: EventOf<'FailureDecided'>, at: string): ItemRecord {
  const { decision, by, automatic, note, turn } = event;
  if (turn !== undefined) {
    const said = { decision: decidedWords({ decision, turn }), by, automatic, note, at };
    if (decision !== 'continue' && decision !== 'skip' && decision !== 'mark-done')
      return decided(item, said);
    // What failed is history, and the block goes on with other items.
    const { reason: goneOnAfter, ...gone } = withFormerAttempt(item);
    const isGoneOn = decision === 'continue' && goneOnAfter !== undefined;
    return decided({ ...gone, status: 'waiting', ...(isGoneOn && { goneOnAfter }) }, said);
  }
  // The end of a list with items that have failed, and without which the run went on.
  if (decision === 'continue' && item.goneOnAfter !== undefined)
    return { ...item, status: 'failed', at, reason: item.goneOnAfter };
  if (decision === 'skip') {
    const skipped = forget(withFormerAttempt(item));
    return { ...skipped, status: 'skipped', at, by, reason: 'after it failed', ...noteOf(note) };
  }
  if (decision === 'mark-done') {
    const done = forget(withFormerAttempt(item));
    return { ...done, status: 'marked-done', at, by, reason: 'after it failed', ...noteOf(note) };
  }
  const said = note === undefined ? {} : { note };
  return withDetail(item, {
    type: 'decided',
    decision: decisionWords(decision),
    by,
    automatic,
    ...said,
    at,
  });
}

interface Decided {
  readonly decision: string;
  readonly by: Actor;
  readonly automatic?: boolean;
  readonly note: string | undefined;
  readonly at: string;
}

function decided(item: ItemRecord, { automatic = false, note, ...said }: Decided): ItemRecord {
  return withDetail(item, { type: 'decided', ...said, automatic, ...noteOf(note) });
}

function endBackground(item: ItemRecord, event: EventOf<'BackgroundEnded'>, at: string): ItemRecord {
  const { result, ended, reason } = event;
  const ownEnd = { ...item, at, result };
  if (reason !== undefined)
    return { ...ownEnd, status: 'failed', reason: `in the background, ${reasonWords(reason)}` };
  if (ended === 'by-run')
    return { ...ownEnd, status: 'passed', reason: 'in the background, ended with the run' };
  if (result.finding) return { ...ownEnd, status: 'found' };
  return { ...ownEnd, status: 'passed', ...(result.exitCode !== 0 && { reason: toldToEnd(result) }) };
}

/** It was no failure, and it did not end well by itself either. */
function toldToEnd({ exitCode }: AttemptResult): string {
  return `in the background, ended by ${exitCode === null ? 'a signal' : `exit ${exitCode}`}`;
}

function withDetail(item: ItemRecord, detail: ResultDetail): ItemRecord {
  return { ...item, details: [...item.details, detail] };
}

function noteOf(note: string | undefined): { note?: string } {
  return note === undefined || note === '' ? {} : { note };
}

function approval(
  answer: 'approved' | 'denied',
  by: Actor,
  comment: string | undefined,
  at: string,
): ResultDetail {
  return { type: 'approval', answer, by, ...(comment === undefined ? {} : { comment }), at };
}
