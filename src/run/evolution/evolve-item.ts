// Owns how a recorded event changes one item of a run.
import { namedValue } from '../../basics/named-values.ts';
import type { EventOf, FailureReason, ItemEvent, RecordedEvent } from '../event.ts';
import type { ComparedFile } from '../files/compared-file.ts';
import type { HostProgress, ItemState } from '../state.ts';
import { emptyResult } from '../targets/host-targets.ts';
import { evolveApproval } from './evolve-approval.ts';
import { evolveTurn } from './evolve-turn.ts';

/** When an event was recorded: its number, and the wall-clock time. */
type Recorded = Pick<RecordedEvent, 'seq' | 'at'>;

/** The item after an event that is about it. */
export function evolveItem(item: ItemState, event: ItemEvent, recorded: Recorded): ItemState {
  const whole = evolveWhole(item, event, recorded);
  if (!('turn' in event) || event.turn === undefined) return whole;
  return evolveTurn(item, whole, { ...event, turn: event.turn });
}

function evolveWhole(item: ItemState, event: ItemEvent, { at, seq }: Recorded): ItemState {
  switch (event.type) {
    case 'ConditionChecked':
      return checkCondition(item, event);
    case 'FileCompared':
      return compareFile(item, event);
    case 'HostsResolved':
      return { ...item, hosts: event.hosts };
    case 'HostStarted':
    case 'HostEnded':
      return evolveHost(item, event);
    case 'BlockStarted':
    case 'TurnEnded':
    case 'BlockPassed':
    case 'BlockFailed':
    case 'RetryScheduled':
    case 'BackgroundEnded':
      return evolveAttempt(item, event, { at, seq });
    case 'LateOutput':
      return item.result !== undefined && event.attempt === item.attempts
        ? { ...item, result: event.result }
        : item;
    case 'BlockFoundInDoubt':
      return { ...item, status: 'in-doubt' };
    case 'DoubtResolved':
      return resolveDoubt(withWho(item, event.by, event.note), event.as, at);
    case 'BlockSkipped':
    case 'BlockAlreadyDone':
    case 'BlockMarkedDone':
    case 'ManualStepDone':
      return settle(item, event, { at, seq });
    case 'ManualStepClaimed': {
      const { checkHolds: _before, ...rest } = withWho(item, event.by, event.note);
      return touch({ ...rest, claimed: true }, seq);
    }
    case 'BlockReleased':
      return { ...item, released: true };
    case 'ConfirmationGiven':
      return { ...item, confirmed: true, released: true };
    case 'DoubtsAccepted':
      // Who says that it belongs to the run has seen it.
      return { ...item, doubtsAccepted: true, released: item.released || !event.automatic };
    case 'CommandEdited':
      return editCommand(item, event.code);
    case 'ChecklistItemSet':
      return { ...item, ticks: item.ticks.with(event.index, event.ticked), by: event.by };
    case 'FailureDecided':
      return decideFailure(
        withWho({ ...item, decision: event.decision }, event.by, event.note),
        event.decision,
      );
    case 'JumpedTo':
      return { ...reopenEverywhere(item), released: false, confirmed: false };
    case 'ApprovalRequested':
    case 'ApprovalGiven':
    case 'ApprovalDenied':
    case 'ApprovalTimedOut':
    case 'ApprovalChecked':
      return evolveApproval(item, event, at);
    default:
      return leaveUnknown(item, event);
  }
}

/** A journal that a later version has written may hold events that this one does not know. */
function leaveUnknown(item: ItemState, _event: never): ItemState {
  return item;
}

function checkCondition(item: ItemState, event: EventOf<'ConditionChecked'>): ItemState {
  const { condition, holds, hosts, each } = event;
  const asked = hosts === undefined ? item : withHostAnswers(item, condition, hosts, each);
  return condition === 'when' ? { ...asked, whenHolds: holds } : { ...asked, checkHolds: holds };
}

/** What was found of a file was held against the text before. */
function editCommand(item: ItemState, code: string): ItemState {
  const { checkHolds: _check, ...unchecked } = withoutRest(item);
  return item.files === undefined ? { ...withoutRest(item), code } : { ...unchecked, code };
}

/** What was kept before stays where there is nothing new to keep: it is what an earlier attempt has replaced. */
function compareFile(item: ItemState, event: EventOf<'FileCompared'>): ItemState {
  const files = event.files.map((file): readonly [string, ComparedFile] => {
    const kept = file.kept ?? item.files?.[file.host ?? '']?.kept;
    return [file.host ?? '', { ...file, ...(kept !== undefined && { kept }) }];
  });
  const compared = { ...item, files: { ...item.files, ...Object.fromEntries(files) } };
  // Nobody can say whether it is done.
  if (event.files.some(({ change }) => change.state === 'foreign')) return compared;
  const answers = event.files.flatMap(({ host, change }) =>
    host === undefined ? [] : [[host, change.state === 'same'] as const],
  );
  const holds = event.files.every(({ change }) => change.state === 'same');
  const each = event.files[0]?.each;
  return { ...withHostAnswers(compared, 'check', Object.fromEntries(answers), each), checkHolds: holds };
}

function evolveHost(item: ItemState, event: EventOf<'HostStarted' | 'HostEnded'>): ItemState {
  const progress: HostProgress =
    event.type === 'HostEnded'
      ? event.result
      : {
          host: event.host,
          status: 'running',
          attempt: event.attempt,
          ...(event.each !== undefined && { each: event.each }),
        };
  return { ...item, onHosts: { ...item.onHosts, [progress.host]: progress } };
}

function evolveAttempt(
  item: ItemState,
  event: EventOf<
    'BlockStarted' | 'TurnEnded' | 'BlockPassed' | 'BlockFailed' | 'RetryScheduled' | 'BackgroundEnded'
  >,
  { at, seq }: Recorded,
): ItemState {
  switch (event.type) {
    case 'BlockStarted': {
      const {
        endedAt: _ended,
        reason: _reason,
        result: _result,
        decision: _decision,
        endedByRun: _endedByRun,
        ...rest
      } = item;
      return touch(
        { ...rest, status: 'running', attempts: event.attempt, startedAt: item.startedAt ?? at },
        seq,
        event.attempt,
      );
    }
    case 'TurnEnded':
    case 'BlockPassed':
      return { ...item, status: 'passed', result: event.result, endedAt: at };
    case 'BlockFailed':
      return {
        ...(leavesAlone(item, event.reason) ? untouchedBy(item, event.attempt) : item),
        status: 'failed',
        failures: item.failures + 1,
        result: event.result,
        reason: event.reason,
        endedAt: at,
      };
    case 'RetryScheduled':
      return { ...item, status: 'retrying', retryDelayMs: event.delayMs };
    case 'BackgroundEnded':
      return {
        ...item,
        result: event.result,
        endedAt: at,
        endedByRun: event.ended === 'by-run',
        ...(event.reason && { status: 'failed', failures: item.failures + 1, reason: event.reason }),
      };
  }
}

/** Whether it has changed nothing for certain; a look that fails says nothing of the attempts before it. */
function leavesAlone({ status }: ItemState, reason: FailureReason): boolean {
  if (reason.type === 'file') return status === 'running' && !reason.isWritten;
  return reason.type === 'spawn';
}

/** Settles an item without running it. */
function settle(
  item: ItemState,
  event: EventOf<'BlockSkipped' | 'BlockAlreadyDone' | 'BlockMarkedDone' | 'ManualStepDone'>,
  { at, seq }: Recorded,
): ItemState {
  switch (event.type) {
    case 'BlockSkipped':
      return withWho(
        { ...item, status: 'skipped', skipReason: event.reason, endedAt: at },
        event.by,
        event.note,
      );
    case 'BlockAlreadyDone':
      return { ...item, status: 'already-done', endedAt: at };
    case 'BlockMarkedDone':
      return touch(withWho({ ...item, status: 'done', endedAt: at }, event.by, event.note), seq);
    case 'ManualStepDone': {
      const answer = event.answer === undefined ? {} : { answer: event.answer };
      return touch(withWho({ ...item, status: 'done', endedAt: at, ...answer }, event.by, event.note), seq);
    }
  }
}

function touch(item: ItemState, seq: number, attempt?: number): ItemState {
  if (item.touched) return item;
  return {
    ...item,
    touched: true,
    touchedSeq: seq,
    ...(attempt !== undefined && { touchedAttempt: attempt }),
  };
}

/** An attempt that could not be started has done nothing, so that it has nothing to undo. */
function untouchedBy(item: ItemState, attempt: number): ItemState {
  if (item.touchedAttempt !== attempt) return item;
  const { touchedAttempt: _attempt, ...rest } = item;
  return { ...rest, touched: false, touchedSeq: 0 };
}

function withWho(item: ItemState, by: ItemState['by'], note: string | undefined): ItemState {
  return { ...item, ...(by && { by }), ...(note && { note }) };
}

/** Makes an item ready to run once more, keeping its count of attempts and whether it was ever touched. */
function reopen(item: ItemState): ItemState {
  const {
    endedAt: _ended,
    reason: _reason,
    whenHolds: _when,
    checkHolds: _check,
    retryDelayMs: _delay,
    skipReason: _skip,
    approval,
    from: _from,
    claimed: _claimed,
    ...rest
  } = item;
  // One of all that follows holds as long as that is the same.
  const kept = approval?.rest && approval.granted ? { approval: { ...approval, checked: false } } : {};
  return { ...withoutAnswers(rest), ...kept, status: 'pending', failures: 0 };
}

/** The item when nobody can know any more that its shell stands where it failed. */
export function withoutRest(item: ItemState): ItemState {
  const { from: _from, ...whole } = item;
  if (whole.reason?.type !== 'exit' || whole.reason.at?.rest === undefined) return whole;
  const { rest: _rest, ...at } = whole.reason.at;
  return { ...whole, reason: { ...whole.reason, at } };
}

function restOf({ reason }: ItemState): Pick<ItemState, 'from'> {
  const from = reason?.type === 'exit' ? reason.at?.rest : undefined;
  return from === undefined ? {} : { from };
}

/** On all of its hosts too, whatever became of them, and on those that there are then. */
function reopenEverywhere(item: ItemState): ItemState {
  const {
    hosts: _hosts,
    onHosts: _onHosts,
    turn: _turn,
    dropped: _dropped,
    droppedFor: _droppedFor,
    ...rest
  } = reopen(item);
  return rest;
}

/** The item with its conditions to be asked anew. */
export function forgetConditions(item: ItemState): ItemState {
  const { whenHolds: _when, checkHolds: _check, retryDelayMs: _delay, ...rest } = item;
  return withoutAnswers(rest);
}

/**
 * Hosts on which a `when` or `check` has spoken against running, which is asked again; but not of items whose turn is
 * over, with which other blocks have gone on since.
 */
function withoutAnswers(item: ItemState): ItemState {
  if (item.onHosts === undefined) return item;
  const kept = Object.entries(item.onHosts).flatMap(([name, progress]): [string, HostProgress][] => {
    if (progress.status !== 'skipped' && progress.status !== 'already-done') return [[name, progress]];
    if (item.turn?.includes(name) === false) return [[name, progress]];
    const { host, each, attempt } = progress;
    // What was begun there is not forgotten.
    if (attempt === undefined) return [];
    return [[name, { host, ...(each !== undefined && { each }), status: 'in-doubt', attempt }]];
  });
  return { ...item, onHosts: Object.fromEntries(kept) };
}

function withHostAnswers(
  item: ItemState,
  condition: 'when' | 'check',
  answers: Readonly<Record<string, boolean>>,
  each?: string,
): ItemState {
  const ruledOut = Object.entries(answers).filter(([, holds]) => holds === (condition === 'check'));
  const status = condition === 'when' ? 'skipped' : 'already-done';
  const onHosts = ruledOut.map(([host]): [string, HostProgress] => {
    const attempt = namedValue(item.onHosts ?? {}, host)?.attempt;
    return [host, { ...emptyResult(host, status, each), ...(attempt !== undefined && { attempt }) }];
  });
  return { ...item, onHosts: { ...item.onHosts, ...Object.fromEntries(onHosts) } };
}

function decideFailure(item: ItemState, decision: ItemState['decision']): ItemState {
  switch (decision) {
    case 'retry':
      return { ...reopen(item), released: true, confirmed: item.confirmed };
    case 'run-rest':
      return { ...reopen(item), ...restOf(item), released: true, confirmed: item.confirmed };
    case 'continue': {
      const { reason = item.droppedFor } = item;
      return { ...item, status: 'failed-continued', ...(reason !== undefined && { reason }) };
    }
    case 'skip':
      return { ...item, status: 'skipped', skipReason: 'operator' };
    case 'mark-done':
      return { ...item, status: 'done' };
    case 'pause': {
      // Pausing decides nothing: the question stands again when the run is taken up.
      const { decision: _decision, ...rest } = item;
      return rest;
    }
    default:
      // Rolling back and stopping leave it failed: what follows is a matter of the run.
      return item;
  }
}

function resolveDoubt(item: ItemState, as: EventOf<'DoubtResolved'>['as'], at: string): ItemState {
  switch (as) {
    case 'run-again':
      return { ...reopen(item), released: true };
    case 'done':
      return { ...item, status: 'done', endedAt: at };
    case 'skip':
      return { ...item, status: 'skipped', skipReason: 'operator', endedAt: at };
    case 'failed':
      return { ...item, status: 'failed', reason: { type: 'interrupted' }, endedAt: at };
  }
}
