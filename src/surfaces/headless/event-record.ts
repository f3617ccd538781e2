// Owns the way from internal events to public records.

import type { RecordedEvent } from '../../run/event.ts';
import type { OfTurn } from '../../run/targets/target-event.ts';
import { type EventHandlers, handleSomeEvents } from '../../view/event-handlers.ts';
import { answerRecords, type RecordHead } from './answer-records.ts';
import { hostRecord, itemRecord, resultRecord } from './result-record.ts';
import type { WireRecord } from './wire-record.ts';

/** The public record of an event; undefined for what only the journal has a use for. */
export function eventRecord({ seq, at, event }: RecordedEvent): WireRecord | undefined {
  return handleSomeEvents(recordMakers, event, { v: 1, seq, at });
}

const recordMakers: Omit<EventHandlers<WireRecord, [head: RecordHead]>, 'RecordSealed'> = {
  // The run itself
  RunStarted: ({ inputOrigins, version, parent, cause, ...event }, head) => ({
    ...head,
    type: 'run-started',
    run: event.run,
    runbook: event.runbook,
    by: event.by,
    mode: event.mode,
    options: event.options,
    inputs: event.inputs,
    secretInputs: event.secretInputs,
    ...(inputOrigins && { inputOrigins }),
    cwd: event.cwd,
    toolVersion: version,
    ...(parent && { parent }),
    ...(cause !== undefined && { cause }),
  }),
  RunResumed: ({ by, mode, runbookDigest }, head) => ({
    ...head,
    type: 'run-resumed',
    by,
    mode,
    runbookDigest,
  }),
  RunPaused: ({ reason, message, at: address }, head) => ({
    ...head,
    type: 'run-paused',
    reason,
    message,
    ...(address && { address }),
  }),
  RunEnded: ({ outcome, message, asWished, left, outputs }, head) => ({
    ...head,
    type: 'run-ended',
    outcome,
    message,
    ...(asWished && { asWished }),
    leftUndone: left,
    ...(outputs && { outputs }),
  }),
  PhaseStarted: ({ phase }, head) => ({ ...head, type: 'phase-started', phase }),
  GateOpened: ({ skipped }, head) => ({ ...head, type: 'gate-opened', ...(skipped && { skipped }) }),

  // Blocks
  ConditionChecked: ({ address, condition, holds, hosts, each }, head) => ({
    ...head,
    address,
    type: 'condition-checked',
    condition,
    holds,
    ...(hosts && (each === undefined ? { hosts } : { items: hosts })),
  }),
  FileCompared: ({ address, files }, head) => ({
    ...head,
    type: 'file-compared',
    address,
    files: files.map(({ host, each, change }) => ({
      ...(host !== undefined && (each === undefined ? { host } : { item: host })),
      change,
    })),
  }),
  HostsResolved: ({ address, hosts, each }, head) =>
    each === undefined
      ? { ...head, address, type: 'hosts-resolved', hosts }
      : { ...head, address, type: 'items-resolved', each, items: hosts },
  HostStarted: ({ address, attempt, host, each }, head) =>
    each === undefined
      ? { ...head, address, type: 'host-started', attempt, host }
      : { ...head, address, type: 'item-started', attempt, each, item: host },
  HostEnded: ({ address, result }, head) =>
    result.each === undefined
      ? { ...head, address, type: 'host-ended', result: hostRecord(result) }
      : { ...head, address, type: 'item-ended', each: result.each, result: itemRecord(result) },
  BlockStarted: ({ address, attempt, code, from, turn }, head) => ({
    ...head,
    address,
    type: 'block-started',
    attempt,
    ...turnField(turn),
    ...(code !== undefined && { code }),
    ...(from && { from }),
  }),
  TurnEnded: ({ address, attempt, turn, result }, head) => ({
    ...head,
    address,
    type: 'turn-ended',
    attempt,
    turn: [...turn],
    result: resultRecord(result),
  }),
  BlockPassed: ({ address, attempt, result }, head) => ({
    ...head,
    address,
    type: 'block-passed',
    attempt,
    result: resultRecord(result),
  }),
  BlockFailed: ({ address, attempt, turn, result, reason }, head) => ({
    ...head,
    address,
    type: 'block-failed',
    attempt,
    ...turnField(turn),
    result: resultRecord(result),
    reason,
  }),
  RetryScheduled: ({ address, attempt, delayMs }, head) => ({
    ...head,
    address,
    type: 'retry-scheduled',
    attempt,
    delayMs,
  }),
  BlockSkipped: ({ address, turn, reason, by, note }, head) => ({
    ...head,
    address,
    type: 'block-skipped',
    ...turnField(turn),
    reason,
    ...(by && { by }),
    ...noteField(note),
  }),
  BlockAlreadyDone: ({ address }, head) => ({ ...head, address, type: 'block-already-done' }),
  BlockMarkedDone: ({ address, turn, by, note }, head) => ({
    ...head,
    address,
    type: 'block-marked-done',
    ...turnField(turn),
    by,
    note,
  }),
  BlockFoundInDoubt: ({ address, attempt }, head) => ({
    ...head,
    address,
    type: 'block-found-in-doubt',
    attempt,
  }),
  DoubtResolved: ({ address, turn, as, by, note }, head) => ({
    ...head,
    address,
    type: 'doubt-resolved',
    as,
    ...turnField(turn),
    by,
    ...noteField(note),
  }),
  CommandEdited: ({ address, code, by }, head) => ({
    ...head,
    address,
    type: 'command-edited',
    code,
    by,
  }),
  LateOutput: ({ address, attempt, result }, head) => ({
    ...head,
    address,
    type: 'late-output',
    attempt,
    result: resultRecord(result),
  }),
  BackgroundEnded: ({ address, result, ended, reason }, head) => ({
    ...head,
    address,
    type: 'background-ended',
    result: resultRecord(result),
    ended,
    ...(reason && { reason }),
  }),

  // What people and policies decide
  BlockReleased: ({ address, turn, by, automatic }, head) => ({
    ...head,
    address,
    type: 'block-released',
    ...turnField(turn),
    by,
    automatic,
  }),
  AutoRunChosen: ({ by, until }, head) => ({ ...head, type: 'auto-run-chosen', by, until }),
  ConfirmationGiven: ({ address, turn, question, by, automatic }, head) => ({
    ...head,
    address,
    type: 'confirmation-given',
    ...turnField(turn),
    question,
    by,
    automatic,
  }),
  ChoiceMade: ({ choice, branches, at, by, automatic }, head) => ({
    ...head,
    type: 'choice-made',
    choice,
    branches: [...branches],
    address: at,
    by,
    automatic,
  }),
  DoubtsAccepted: ({ address, codes, by, automatic }, head) => ({
    ...head,
    address,
    type: 'doubts-accepted',
    codes: [...codes],
    by,
    automatic,
  }),
  ManualStepClaimed: ({ address, by, note }, head) => ({
    ...head,
    address,
    type: 'manual-step-claimed',
    by,
    ...noteField(note),
  }),
  ManualStepDone: ({ address, by, note, answer }, head) => ({
    ...head,
    address,
    ...(answer !== undefined && { answer }),
    type: 'manual-step-done',
    by,
    ...noteField(note),
  }),
  ChecklistItemSet: ({ address, index, ticked, by }, head) => ({
    ...head,
    address,
    type: 'checklist-item-set',
    index,
    ticked,
    by,
  }),
  NoteAdded: ({ address, text, by, goesOn }, head) => ({
    ...head,
    type: 'note-added',
    ...(address && { address }),
    text,
    by,
    ...(goesOn && { goesOn }),
  }),
  FailureDecided: ({ address, turn, decision, by, automatic, note }, head) => ({
    ...head,
    address,
    type: 'failure-decided',
    decision,
    ...turnField(turn),
    by,
    automatic,
    ...noteField(note),
  }),
  CleanupDecided: ({ wanted, by }, head) => ({ ...head, type: 'clean-up-decided', wanted, by }),
  ShellOpened: ({ by, at: address }, head) => ({
    ...head,
    type: 'shell-opened',
    by,
    ...(address && { address }),
  }),
  ShellClosed: ({ durationMs, at: address, problem }, head) => ({
    ...head,
    type: 'shell-closed',
    durationMs,
    ...(address && { address }),
    ...(problem !== undefined && { problem }),
  }),
  JumpedTo: ({ address, by }, head) => ({ ...head, address, type: 'jumped-to', by }),

  ...answerRecords,

  // Rollback
  RollbackPlanned: ({ items, steps, by, automatic }, head) => ({
    ...head,
    type: 'rollback-planned',
    items,
    steps,
    by,
    automatic,
  }),
  RollbackStarted: ({ excluded, by }, head) => ({ ...head, type: 'rollback-started', excluded, by }),
  RollbackDeclined: ({ by }, head) => ({ ...head, type: 'rollback-declined', by }),

  // The world around the run
  RunbookChanged: ({ digest, edited, gone, added, moved, settings }, head) => ({
    ...head,
    type: 'runbook-changed',
    digest,
    edited,
    gone,
    added,
    ...(moved && { moved }),
    ...(settings && { settings }),
  }),
  DocumentNotWritten: ({ message, copy, gone }, head) => ({
    ...head,
    type: 'document-not-written',
    message,
    ...(copy !== undefined && { copy }),
    ...(gone && { gone }),
  }),
  UpdateWritten: ({ text, to, by }, head) => ({ ...head, type: 'update-written', text, to, by }),
  RunFoundBrokenOff: ({ by }, head) => ({ ...head, type: 'run-found-broken-off', by }),
  RunTakenOver: ({ from, to, epoch }, head) => ({ ...head, type: 'run-taken-over', from, to, epoch }),
  NotificationSent: ({ to, about }, head) => ({ ...head, type: 'notification-sent', to, about }),
  NotificationFailed: ({ to, about, message }, head) => ({
    ...head,
    type: 'notification-failed',
    to,
    about,
    message,
  }),
};

function turnField(turn: OfTurn['turn']): { readonly turn?: string[] } {
  return turn === undefined ? {} : { turn: [...turn] };
}

function noteField(note: string | undefined): { readonly note?: string } {
  return note === undefined ? {} : { note };
}
