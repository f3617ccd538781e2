// Owns the form in which the executor answers.
import type { AttemptResult, FailureReason, SavedState } from '../../run/event.ts';
import type { ExecutionResult } from '../../run/executor.ts';
import type { MaskedText, Redactor } from '../../run/masking/redactor.ts';
import type { OutputStore } from '../output/output-store.ts';
import type { Attempt } from './run-attempt.ts';

/** How an attempt ended, with what it left behind; not yet as it may be told. */
export function answer(
  attempt: Attempt,
  store: OutputStore,
  captured: Readonly<Record<string, MaskedText>>,
  warnings: readonly string[],
  reason: FailureReason<string> | undefined,
  shellState?: SavedState,
): ExecutionResult<string> {
  const result = resultOf(attempt, store, captured, warnings, shellState);
  return reason === undefined
    ? { ok: true, result, stdout: store }
    : { ok: false, result, stdout: store, reason };
}

/** What the journal keeps of an attempt. */
export function resultOf<Words extends string>(
  attempt: Attempt,
  store: OutputStore,
  captured: Readonly<Record<string, MaskedText>>,
  warnings: readonly Words[],
  shellState?: SavedState,
): AttemptResult<Words> {
  return {
    exitCode: 'startFailure' in attempt.outcome ? null : attempt.outcome.status,
    durationMs: attempt.durationMs,
    output: store.summary,
    captured,
    ...(shellState === undefined ? {} : { shellState }),
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
