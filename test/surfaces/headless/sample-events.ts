// Owns one sample of every event, and proves at compile time that none is missing.
import { address, runId, stepName } from '../../../src/basics/ids.ts';
import type { Actor, AttemptResult, RunEvent } from '../../../src/run/event.ts';

export const ada: Actor = { user: 'ada', host: 'bastion' };
const drain = address('drain');
const by = ada;

export const sampleResult: AttemptResult = {
  exitCode: 0,
  durationMs: 1340,
  output: { file: 'output/drain.1', stdoutBytes: 12, stderrBytes: 0, lines: 1 },
  captured: { ACTIVE: '3' },
  shellState: 'state/7',
  warnings: [],
  hosts: [
    {
      host: 'web1',
      exitCode: null,
      durationMs: 5,
      output: { stdoutBytes: 0, stderrBytes: 0, lines: 0, droppedBytes: 7 },
      failure: { type: 'connection', host: 'web1', message: 'refused' },
    },
  ],
};

/** By name, so that a new event without a sample does not compile. */
export const sampleEvents: { readonly [Type in RunEvent['type']]: Extract<RunEvent, { type: Type }> } = {
  RunStarted: {
    type: 'RunStarted',
    run: runId('20261121-021322-k3f9'),
    runbook: { path: 'restart.md', title: 'Restart', digest: 'sha256:1', commit: 'abc' },
    planDigest: 'sha256:2',
    by,
    mode: 'unattended',
    options: {
      ...{
        yes: true,
        dryRun: false,
        rehearse: false,
        allowDestructive: false,
        manual: 'pause',
        log: 'document',
      },
      onFailure: 'stop',
      selection: { steps: [], from: 'a', until: 'b', tags: [] },
    },
    inputs: { HOST: 'db1' },
    secretInputs: ['TOKEN'],
    cwd: '/srv',
    version: '0.1.0',
    parent: runId('20261121-021300-aaaa'),
  },
  RunResumed: { type: 'RunResumed', by, mode: 'guided', runbookDigest: 'sha256:1' },
  RunPaused: { type: 'RunPaused', reason: 'operator', message: 'paused by ada', at: drain },
  RunEnded: { type: 'RunEnded', outcome: 'rollback-failed', message: 'undo failed', left: [drain] },
  PhaseStarted: { type: 'PhaseStarted', phase: 'cleanup' },
  GateOpened: { type: 'GateOpened' },
  ConditionChecked: { type: 'ConditionChecked', address: drain, condition: 'check', holds: true },
  BlockStarted: { type: 'BlockStarted', address: drain, attempt: 1, code: 'true\n' },
  BlockPassed: { type: 'BlockPassed', address: drain, attempt: 1, result: sampleResult },
  BlockFailed: {
    type: 'BlockFailed',
    address: drain,
    attempt: 2,
    result: { ...sampleResult, exitCode: 3 },
    reason: { type: 'exit', code: 3 },
  },
  RetryScheduled: { type: 'RetryScheduled', address: drain, attempt: 3, delayMs: 5000 },
  BlockSkipped: { type: 'BlockSkipped', address: drain, reason: 'operator', by, note: 'not needed' },
  BlockAlreadyDone: { type: 'BlockAlreadyDone', address: drain },
  BlockMarkedDone: { type: 'BlockMarkedDone', address: drain, by, note: 'by hand' },
  BlockFoundInDoubt: { type: 'BlockFoundInDoubt', address: drain, attempt: 1 },
  DoubtResolved: { type: 'DoubtResolved', address: drain, as: 'run-again', by, note: 'safe' },
  CommandEdited: { type: 'CommandEdited', address: drain, code: 'false\n', by },
  BackgroundEnded: { type: 'BackgroundEnded', address: drain, result: sampleResult, ended: 'by-run' },
  BlockReleased: { type: 'BlockReleased', address: drain, by, automatic: false },
  AutoRunChosen: { type: 'AutoRunChosen', by, until: 'gate' },
  ConfirmationGiven: { type: 'ConfirmationGiven', address: drain, question: 'Sure?', by, automatic: true },
  ManualStepDone: { type: 'ManualStepDone', address: drain, by, note: 'called them' },
  ChecklistItemSet: { type: 'ChecklistItemSet', address: drain, index: 1, ticked: true, by },
  NoteAdded: { type: 'NoteAdded', address: drain, text: 'it was the cache', by },
  FailureDecided: {
    type: 'FailureDecided',
    address: drain,
    decision: 'retry',
    by,
    automatic: false,
    note: 'again',
  },
  ShellOpened: { type: 'ShellOpened', by },
  ShellClosed: { type: 'ShellClosed', durationMs: 61_000, shellState: 'state/8' },
  JumpedTo: { type: 'JumpedTo', address: drain, by },
  ApprovalRequested: {
    type: 'ApprovalRequested',
    address: drain,
    gate: 'dba',
    people: ['ada', 'grace'],
    needed: 1,
    by,
    expiresAt: '2026-11-21T02:18:22.000Z',
    onTimeout: 'deny',
  },
  ApprovalGiven: { type: 'ApprovalGiven', address: drain, by, comment: 'fine' },
  ApprovalDenied: { type: 'ApprovalDenied', address: drain, by, comment: 'no' },
  ApprovalTimedOut: { type: 'ApprovalTimedOut', address: drain, action: 'deny' },
  RollbackPlanned: { type: 'RollbackPlanned', items: [drain], steps: [stepName('a')], by, automatic: true },
  RollbackStarted: { type: 'RollbackStarted', excluded: [drain], by },
  RollbackDeclined: { type: 'RollbackDeclined', by },
  RunbookChanged: { type: 'RunbookChanged', digest: 'sha256:3', edited: [drain], gone: [], added: [] },
  DocumentNotWritten: { type: 'DocumentNotWritten', message: 'read-only', copy: 'runs/a.md' },
  NotificationSent: { type: 'NotificationSent', to: 'ops', about: 'failed' },
  NotificationFailed: { type: 'NotificationFailed', to: 'ops', about: 'failed', message: 'no route' },
};
