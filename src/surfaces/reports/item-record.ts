// Owns what is remembered of one item for the documents that tell of a run.
import type { Actor, AttemptResult, HostResult, RecordedEvent, RunEvent } from '../../run/event.ts';
import type { ResultDetail, ResultStatus } from '../../runbook/regions/result-view.ts';
import { decisionWords, reasonWords, skipWords } from '../../view/words/outcome-words.ts';

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
  /** The code of the last attempt, where the operator had edited it. */
  readonly editedCode?: string;
  /** What was set in this run, by index. */
  readonly ticks: Readonly<
    Record<number, { readonly ticked: boolean; readonly by: Actor; readonly at: string }>
  >;
}

/**
 * The record after one more event; `undefined` while nothing is worth telling. `operator` is at the wheel: what
 * nobody else did is theirs.
 */
export function foldItem(
  before: ItemRecord | undefined,
  { event, at }: RecordedEvent,
  operator: Actor | undefined,
): ItemRecord | undefined {
  const item: ItemRecord = before ?? { status: 'waiting', at, attempt: 0, details: [], ticks: {} };
  const who = operator === undefined ? {} : { by: operator };
  switch (event.type) {
    case 'BlockStarted':
      return { ...forget(withFormerAttempt(item)), ...who, status: 'running', at, attempt: event.attempt };
    case 'HostStarted':
      return { ...item, hosts: { ...item.hosts, [event.host]: undefined } };
    case 'HostEnded':
      return { ...item, hosts: { ...item.hosts, [event.result.host]: event.result } };
    case 'BlockPassed':
      return { ...forget(item), ...who, status: 'passed', at, attempt: event.attempt, result: event.result };
    case 'BlockFailed':
      return {
        ...forget(item),
        ...who,
        status: 'failed',
        at,
        attempt: event.attempt,
        result: event.result,
        reason: reasonWords(event.reason),
        ...(event.reason.type === 'expectation' &&
          event.reason.difference !== undefined && { difference: event.reason.difference }),
      };
    case 'BlockSkipped':
      return {
        ...forget(withFormerAttempt(item)),
        ...(event.by && { by: event.by }),
        status: 'skipped',
        at,
        reason: skipWords(event.reason),
        ...noteOf(event.note),
      };
    case 'BlockAlreadyDone':
      return { ...forget(item), ...who, status: 'already-done', at };
    case 'BlockMarkedDone':
      return {
        ...forget(withFormerAttempt(item)),
        by: event.by,
        status: 'marked-done',
        at,
        ...noteOf(event.note),
      };
    case 'ManualStepDone':
      return { ...forget(item), by: event.by, status: 'done', at, ...noteOf(event.note) };
    case 'BlockFoundInDoubt':
      return {
        ...forget(item),
        ...who,
        status: 'in-doubt',
        at,
        reason: 'it was started, and nobody saw it end',
      };
    case 'DoubtResolved':
      return resolveDoubt(item, event, at);
    case 'FailureDecided':
      return decideFailure(item, event, at);
    case 'CommandEdited':
      return { ...item, editedCode: event.code };
    case 'BackgroundEnded':
      return endBackground(item, event, at);
    case 'ChecklistItemSet':
      return {
        ...item,
        at,
        by: event.by,
        ticks: { ...item.ticks, [event.index]: { ticked: event.ticked, by: event.by, at } },
      };
    case 'ConfirmationGiven': {
      const { question, by, automatic } = event;
      return withDetail(item, { type: 'confirmed', question, by, automatic, at });
    }
    case 'NoteAdded':
      return withDetail(item, { type: 'note', text: event.text, by: event.by, at });
    case 'ApprovalRequested': {
      const asked = withDetail(item, { type: 'approval', answer: 'asked', by: event.by, at });
      return { ...asked, at, by: event.by, reason: 'waiting for approval' };
    }
    case 'ApprovalGiven':
      return withDetail(item, approval('approved', event.by, event.comment, at));
    case 'ApprovalDenied':
      return {
        ...withDetail(item, approval('denied', event.by, event.comment, at)),
        status: 'failed',
        at,
        by: event.by,
        reason: 'approval denied',
      };
    case 'ApprovalTimedOut': {
      const told = withDetail(item, { type: 'approval', answer: 'timed-out', at });
      if (event.action === 'deny') return { ...told, status: 'failed', at, reason: 'not approved in time' };
      return told;
    }
    default:
      return before;
  }
}

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

function resolveDoubt(
  item: ItemRecord,
  event: Extract<RunEvent, { type: 'DoubtResolved' }>,
  at: string,
): ItemRecord {
  const { by } = event;
  const told = { ...forget(item), at, by, ...noteOf(event.note) };
  switch (event.as) {
    case 'done':
      return { ...told, status: 'marked-done', reason: 'nobody saw it end' };
    case 'skip':
      return { ...told, status: 'skipped', reason: 'nobody saw it end' };
    case 'failed':
      return { ...told, status: 'failed', reason: 'nobody saw it end' };
    case 'run-again': {
      const note = event.note === undefined ? {} : { note: event.note };
      const decision = 'run again, as nobody saw it end';
      return withDetail(item, { type: 'decided', decision, by, automatic: false, ...note, at });
    }
  }
}

function decideFailure(
  item: ItemRecord,
  event: Extract<RunEvent, { type: 'FailureDecided' }>,
  at: string,
): ItemRecord {
  const { decision, by, automatic, note } = event;
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

function endBackground(
  item: ItemRecord,
  event: Extract<RunEvent, { type: 'BackgroundEnded' }>,
  at: string,
): ItemRecord {
  const { result, ended } = event;
  const kept = item.status === 'failed' && item.reason !== undefined ? { reason: item.reason } : {};
  const ownEnd = { ...item, ...kept, at, result };
  if (ended === 'by-run')
    return { ...ownEnd, status: 'passed', reason: 'in the background, ended with the run' };
  if (result.exitCode === 0) return { ...ownEnd, status: 'passed' };
  return { ...ownEnd, status: 'failed', reason: `in the background, exit ${result.exitCode ?? 'unknown'}` };
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
