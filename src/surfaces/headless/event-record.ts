// Owns the way from internal events to public records.
import type { AttemptResult, HostResult, RecordedEvent } from '../../run/event.ts';
import type { OutputSummary } from '../../run/output-summary.ts';
import { type EventHandlers, handleSomeEvents } from '../../view/event-handlers.ts';
import { answerRecords, type RecordHead } from './answer-records.ts';
import type { WireRecord } from './wire-record.ts';

type WireOf<Type extends WireRecord['type']> = Extract<WireRecord, { readonly type: Type }>;
type WireResult = WireOf<'block-passed'>['result'];
type WireOutput = WireResult['output'];

/** The public record of an event; undefined for what only the journal has a use for. */
export function eventRecord({ seq, at, event }: RecordedEvent): WireRecord | undefined {
  return handleSomeEvents(recordMakers, event, { v: 1, seq, at });
}

const recordMakers: Omit<EventHandlers<WireRecord, [head: RecordHead]>, 'RecordSealed'> = {
  // The run itself
  RunStarted: ({ inputOrigins, version, parent, ...event }, head) => ({
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
  GateOpened: (_event, head) => ({ ...head, type: 'gate-opened' }),

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
      ? { ...head, address, type: 'host-ended', result: wireHost(result) }
      : { ...head, address, type: 'item-ended', each: result.each, result: wireItem(result) },
  BlockStarted: ({ address, attempt, code, from }, head) => ({
    ...head,
    address,
    type: 'block-started',
    attempt,
    ...(code !== undefined && { code }),
    ...(from && { from }),
  }),
  BlockPassed: ({ address, attempt, result }, head) => ({
    ...head,
    address,
    type: 'block-passed',
    attempt,
    result: wireResult(result),
  }),
  BlockFailed: ({ address, attempt, result, reason }, head) => ({
    ...head,
    address,
    type: 'block-failed',
    attempt,
    result: wireResult(result),
    reason,
  }),
  RetryScheduled: ({ address, attempt, delayMs }, head) => ({
    ...head,
    address,
    type: 'retry-scheduled',
    attempt,
    delayMs,
  }),
  BlockSkipped: ({ address, reason, by, note }, head) => ({
    ...head,
    address,
    type: 'block-skipped',
    reason,
    ...(by && { by }),
    ...noteField(note),
  }),
  BlockAlreadyDone: ({ address }, head) => ({ ...head, address, type: 'block-already-done' }),
  BlockMarkedDone: ({ address, by, note }, head) => ({
    ...head,
    address,
    type: 'block-marked-done',
    by,
    note,
  }),
  BlockFoundInDoubt: ({ address, attempt }, head) => ({
    ...head,
    address,
    type: 'block-found-in-doubt',
    attempt,
  }),
  DoubtResolved: ({ address, as, by, note }, head) => ({
    ...head,
    address,
    type: 'doubt-resolved',
    as,
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
    result: wireResult(result),
  }),
  BackgroundEnded: ({ address, result, ended, reason }, head) => ({
    ...head,
    address,
    type: 'background-ended',
    result: wireResult(result),
    ended,
    ...(reason && { reason }),
  }),

  // What people and policies decide
  BlockReleased: ({ address, by, automatic }, head) => ({
    ...head,
    address,
    type: 'block-released',
    by,
    automatic,
  }),
  AutoRunChosen: ({ by, until }, head) => ({ ...head, type: 'auto-run-chosen', by, until }),
  ConfirmationGiven: ({ address, question, by, automatic }, head) => ({
    ...head,
    address,
    type: 'confirmation-given',
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
  NoteAdded: ({ address, text, by }, head) => ({
    ...head,
    type: 'note-added',
    ...(address && { address }),
    text,
    by,
  }),
  FailureDecided: ({ address, decision, by, automatic, note }, head) => ({
    ...head,
    address,
    type: 'failure-decided',
    decision,
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
  RunbookChanged: ({ digest, edited, gone, added }, head) => ({
    ...head,
    type: 'runbook-changed',
    digest,
    edited,
    gone,
    added,
  }),
  DocumentNotWritten: ({ message, copy }, head) => ({
    ...head,
    type: 'document-not-written',
    message,
    ...(copy !== undefined && { copy }),
  }),
  UpdateWritten: ({ text, to, by }, head) => ({ ...head, type: 'update-written', text, to, by }),
  RunFoundBrokenOff: ({ by }, head) => ({ ...head, type: 'run-found-broken-off', by }),
  NotificationSent: ({ to, about }, head) => ({ ...head, type: 'notification-sent', to, about }),
  NotificationFailed: ({ to, about, message }, head) => ({
    ...head,
    type: 'notification-failed',
    to,
    about,
    message,
  }),
};

function noteField(note: string | undefined): { readonly note?: string } {
  return note === undefined ? {} : { note };
}

function wireResult({
  exitCode,
  durationMs,
  output,
  captured,
  finding,
  warnings,
  hosts,
}: AttemptResult): WireResult {
  return {
    exitCode,
    durationMs,
    output: wireOutput(output),
    captured,
    ...(finding && { finding }),
    warnings,
    ...(hosts &&
      (hosts[0]?.each === undefined ? { hosts: hosts.map(wireHost) } : { items: hosts.map(wireItem) })),
  };
}

/** Where the shell's state is kept is nobody else's matter. */
function wireHost({ host, ...result }: HostResult): WireOf<'host-ended'>['result'] {
  return { host, ...wireTarget(result) };
}

function wireItem({ host: item, ...result }: HostResult): WireOf<'item-ended'>['result'] {
  return { item, ...wireTarget(result) };
}

function wireTarget({ shellState: _state, each: _each, output, ...result }: Omit<HostResult, 'host'>) {
  return { ...result, output: wireOutput(output) };
}

function wireOutput({ stdoutBytes, stderrBytes, lines, file, droppedBytes }: OutputSummary): WireOutput {
  return {
    stdoutBytes,
    stderrBytes,
    lines,
    ...(file !== undefined && { file }),
    ...(droppedBytes !== undefined && { droppedBytes }),
  };
}
