// Owns the way from internal events to public records.

import type { Address } from '../../basics/address.ts';
import { assertNever } from '../../basics/assert.ts';
import type { AttemptResult, HostResult, OutputSummary, RecordedEvent } from '../../run/event.ts';
import type { Plan } from '../../run/plan.ts';
import type { WireRecord } from './wire-record.ts';

type WireOf<Type extends WireRecord['type']> = Extract<WireRecord, { readonly type: Type }>;
type WireResult = WireOf<'block-passed'>['result'];
type WireOutput = WireResult['output'];

/** The record that opens a stream: what the run may do. */
export function planRecord(plan: Plan): WireRecord {
  const { title, severity, owner, estimateMs } = plan;
  return {
    v: 1,
    type: 'plan',
    title,
    ...(severity !== undefined && { severity }),
    ...(owner !== undefined && { owner }),
    ...(estimateMs !== undefined && { estimateMs }),
    items: plan.items.map((item) => ({
      address: item.address,
      kind: item.kind,
      step: item.step,
      stepTitle: item.stepTitle,
      phase: item.phase,
      ...(item.undoes !== undefined && { undoes: item.undoes }),
      ...(item.validates !== undefined && { validates: item.validates }),
      ...(item.within !== undefined && { within: item.within }),
      ...(item.file !== undefined && { file: item.file }),
      risk: item.risk,
      line: item.line,
      ...(item.kind === 'block' && { language: item.language }),
      ...(item.estimateMs !== undefined && { estimateMs: item.estimateMs }),
    })),
  };
}

/** The public record of an event. */
export function eventRecord({ seq, at, event }: RecordedEvent): WireRecord {
  const head = { v: 1, seq, at } as const;
  switch (event.type) {
    case 'RunStarted': {
      const { run, runbook, by, mode, options, inputs, secretInputs, inputOrigins, cwd, version, parent } =
        event;
      const origins = inputOrigins && { inputOrigins };
      const shared = { run, runbook, by, mode, options, inputs, secretInputs, ...origins, cwd };
      return { ...head, type: 'run-started', ...shared, toolVersion: version, ...(parent && { parent }) };
    }
    case 'RunResumed':
      return {
        ...head,
        type: 'run-resumed',
        by: event.by,
        mode: event.mode,
        runbookDigest: event.runbookDigest,
      };
    case 'RunPaused': {
      const { reason, message, at: address } = event;
      return { ...head, type: 'run-paused', reason, message, ...(address && { address }) };
    }
    case 'RunEnded':
      return {
        ...head,
        type: 'run-ended',
        outcome: event.outcome,
        message: event.message,
        ...(event.asWished && { asWished: true }),
        leftUndone: event.left,
        ...(event.outputs && { outputs: event.outputs }),
      };
    case 'PhaseStarted':
      return { ...head, type: 'phase-started', phase: event.phase };
    case 'GateOpened':
      return { ...head, type: 'gate-opened' };
    case 'RunbookChanged': {
      const { digest, edited, gone, added } = event;
      return { ...head, type: 'runbook-changed', digest, edited, gone, added };
    }
    case 'DocumentNotWritten': {
      const { message, copy } = event;
      return { ...head, type: 'document-not-written', message, ...(copy !== undefined && { copy }) };
    }
    case 'NotificationSent':
      return { ...head, type: 'notification-sent', to: event.to, about: event.about };
    case 'NotificationFailed':
      return {
        ...head,
        type: 'notification-failed',
        to: event.to,
        about: event.about,
        message: event.message,
      };
    case 'CleanupDecided':
      return { ...head, type: 'clean-up-decided', wanted: event.wanted, by: event.by };
    case 'ShellOpened':
      return { ...head, type: 'shell-opened', by: event.by, ...(event.at && { address: event.at }) };
    case 'ShellClosed': {
      const { durationMs, at: address, problem } = event;
      return {
        ...head,
        type: 'shell-closed',
        durationMs,
        ...(address && { address }),
        ...written({ problem }),
      };
    }
    case 'RollbackPlanned': {
      const { items, steps, by, automatic } = event;
      return { ...head, type: 'rollback-planned', items, steps, by, automatic };
    }
    case 'RollbackStarted':
      return { ...head, type: 'rollback-started', excluded: event.excluded, by: event.by };
    case 'RollbackDeclined':
      return { ...head, type: 'rollback-declined', by: event.by };
    case 'AutoRunChosen':
      return { ...head, type: 'auto-run-chosen', by: event.by, until: event.until };
    case 'NoteAdded': {
      const { address, text, by } = event;
      return { ...head, type: 'note-added', ...(address && { address }), text, by };
    }
    default:
      return itemRecord(head, event);
  }
}

type ItemEvent = Extract<RecordedEvent['event'], { readonly address: Address }>;

/** The records of what happens to one block, checklist or manual step. */
function itemRecord(
  head: { readonly v: 1; readonly seq: number; readonly at: string },
  event: ItemEvent,
): WireRecord {
  const { address } = event;
  const about = { ...head, address };
  switch (event.type) {
    case 'ConditionChecked':
      return {
        ...about,
        type: 'condition-checked',
        condition: event.condition,
        holds: event.holds,
        ...(event.hosts && { hosts: event.hosts }),
      };
    case 'HostsResolved':
      return { ...about, type: 'hosts-resolved', hosts: event.hosts };
    case 'HostStarted':
      return { ...about, type: 'host-started', attempt: event.attempt, host: event.host };
    case 'HostEnded':
      return { ...about, type: 'host-ended', result: wireHost(event.result) };
    case 'BlockStarted': {
      const { attempt, code } = event;
      return { ...about, type: 'block-started', attempt, ...(code !== undefined && { code }) };
    }
    case 'BlockPassed':
      return { ...about, type: 'block-passed', attempt: event.attempt, result: wireResult(event.result) };
    case 'BlockFailed': {
      const { attempt, result, reason } = event;
      return { ...about, type: 'block-failed', attempt, result: wireResult(result), reason };
    }
    case 'RetryScheduled':
      return { ...about, type: 'retry-scheduled', attempt: event.attempt, delayMs: event.delayMs };
    case 'BlockSkipped': {
      const { reason, by, note } = event;
      return { ...about, type: 'block-skipped', reason, ...(by && { by }), ...written({ note }) };
    }
    case 'BlockAlreadyDone':
      return { ...about, type: 'block-already-done' };
    case 'BlockMarkedDone':
      return { ...about, type: 'block-marked-done', by: event.by, note: event.note };
    case 'BlockFoundInDoubt':
      return { ...about, type: 'block-found-in-doubt', attempt: event.attempt };
    case 'DoubtResolved': {
      const { as, by, note } = event;
      return { ...about, type: 'doubt-resolved', as, by, ...written({ note }) };
    }
    case 'CommandEdited':
      return { ...about, type: 'command-edited', code: event.code, by: event.by };
    case 'BackgroundEnded':
      return { ...about, type: 'background-ended', result: wireResult(event.result), ended: event.ended };
    case 'BlockReleased':
      return { ...about, type: 'block-released', by: event.by, automatic: event.automatic };
    case 'ConfirmationGiven': {
      const { question, by, automatic } = event;
      return { ...about, type: 'confirmation-given', question, by, automatic };
    }
    case 'ManualStepDone':
      return { ...about, type: 'manual-step-done', by: event.by, ...written({ note: event.note }) };
    case 'ChecklistItemSet': {
      const { index, ticked, by } = event;
      return { ...about, type: 'checklist-item-set', index, ticked, by };
    }
    case 'FailureDecided': {
      const { decision, by, automatic, note } = event;
      return { ...about, type: 'failure-decided', decision, by, automatic, ...written({ note }) };
    }
    case 'JumpedTo':
      return { ...about, type: 'jumped-to', by: event.by };
    case 'ApprovalRequested': {
      const { gate, people, needed, by, expiresAt, onTimeout } = event;
      const shared = { gate, people, needed, by, onTimeout };
      return { ...about, type: 'approval-requested', ...shared, ...(expiresAt && { expiresAt }) };
    }
    case 'ApprovalGiven':
      return { ...about, type: 'approval-given', by: event.by, ...written({ comment: event.comment }) };
    case 'ApprovalDenied':
      return { ...about, type: 'approval-denied', by: event.by, ...written({ comment: event.comment }) };
    case 'ApprovalTimedOut':
      return { ...about, type: 'approval-timed-out', action: event.action };
    default:
      return assertNever(event);
  }
}

/** Leaves out what was not written. */
function written<Key extends string>(
  text: { readonly [_ in Key]: string | undefined },
): {
  readonly [_ in Key]?: string;
} {
  const found = Object.entries<string | undefined>(text).filter(([, value]) => value !== undefined);
  return Object.fromEntries(found) as { readonly [_ in Key]?: string };
}

function wireResult({ exitCode, durationMs, output, captured, warnings, hosts }: AttemptResult): WireResult {
  return {
    exitCode,
    durationMs,
    output: wireOutput(output),
    captured,
    warnings,
    ...(hosts && { hosts: hosts.map(wireHost) }),
  };
}

/** Where the shell's state is kept is nobody else's matter. */
function wireHost({ shellState: _state, output, ...result }: HostResult): WireOf<'host-ended'>['result'] {
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
