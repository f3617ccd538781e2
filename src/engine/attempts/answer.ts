// Owns the form in which the executor answers.
import type { AttemptResult, FailureReason } from '../../run/event.ts';
import type { ExecutionResult } from '../../run/executor.ts';
import type { SavedState } from '../../run/files/saved-state.ts';
import type { MaskedText, Redactor } from '../../run/masking/redactor.ts';
import type { OutputStore } from '../output/output-store.ts';
import type { Attempt } from './run-attempt.ts';

/** An attempt that has ended, with what it left behind; not yet as it may be told. */
export interface Ended {
  readonly attempt: Attempt;
  readonly store: OutputStore;
  readonly captured?: Readonly<Record<string, MaskedText>>;
  readonly warnings?: readonly string[];
  readonly shellState?: SavedState | undefined;
  /** What ended non-zero was something found. */
  readonly finding?: boolean;
}

/** How an attempt ended; `reason` is why it failed, where it did. */
export function answer(ended: Ended, reason: FailureReason<string> | undefined): ExecutionResult<string> {
  const result = resultOf(ended);
  const { store, attempt } = ended;
  const printed = 'printed' in attempt && attempt.printed !== undefined ? { printed: attempt.printed } : {};
  return reason === undefined
    ? { ok: true, result, stdout: store, ...printed }
    : { ok: false, result, stdout: store, reason };
}

/** What the journal keeps of an attempt. */
function resultOf(ended: Ended): AttemptResult<string> {
  const { attempt, store, captured = {}, warnings = [], shellState, finding } = ended;
  return {
    exitCode: 'startFailure' in attempt.outcome ? null : attempt.outcome.status,
    durationMs: attempt.durationMs,
    output: store.summary,
    captured,
    ...(shellState === undefined ? {} : { shellState }),
    ...(finding && { finding }),
    warnings,
  };
}

/** The answer to a block that could not be started at all, not yet as it may be told; the message is for people. */
export function notStarted(store: OutputStore, message: string): ExecutionResult<string> {
  const result: AttemptResult = {
    exitCode: null,
    durationMs: 0,
    output: store.summary,
    captured: {},
    warnings: [],
  };
  return { ok: false, result, stdout: store, reason: { type: 'spawn', message } };
}

/** The answer as it may be told: folders, names and lines that a message quotes can be secrets, or hold some. */
export function withoutSecrets(ran: ExecutionResult<string>, redactor: Redactor): ExecutionResult {
  const result = { ...ran.result, warnings: ran.result.warnings.map((one) => redactor.redactText(one)) };
  return ran.ok ? { ...ran, result } : { ...ran, result, reason: maskReason(ran.reason, redactor) };
}

/** A reason as it may be told. */
export function maskReason(reason: FailureReason<string>, redactor: Redactor): FailureReason {
  if (reason.type === 'exit') {
    const { at, ...rest } = reason;
    return at === undefined ? rest : { ...rest, at: { ...at, command: redactor.redactText(at.command) } };
  }
  if (!('message' in reason)) return reason;
  const message = redactor.redactText(reason.message);
  if (reason.type !== 'expectation') return { ...reason, message };
  const { type, difference } = reason;
  return {
    type,
    expected: redactor.redactText(reason.expected),
    actual: redactor.redactText(reason.actual),
    message,
    ...(difference !== undefined && { difference: redactor.redactText(difference) }),
  };
}
