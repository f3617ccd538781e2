// Owns the form in which the executor answers.
import type { AttemptResult, FailureReason, SavedState } from '../../run/event.ts';
import type { ExecutionResult } from '../../run/executor.ts';
import type { Redactor } from '../../run/masking/redactor.ts';
import type { OutputStore } from '../output/output-store.ts';
import type { Attempt } from './run-attempt.ts';

/** How an attempt ended, with what it left behind. */
export function answer(
  attempt: Attempt,
  store: OutputStore,
  captured: Readonly<Record<string, string>>,
  warnings: readonly string[],
  reason: FailureReason | undefined,
  shellState?: SavedState,
): ExecutionResult {
  const result = resultOf(attempt, store, captured, warnings, shellState);
  return reason === undefined
    ? { ok: true, result, stdout: store }
    : { ok: false, result, stdout: store, reason };
}

/** What the journal keeps of an attempt. */
export function resultOf(
  attempt: Attempt,
  store: OutputStore,
  captured: Readonly<Record<string, string>>,
  warnings: readonly string[],
  shellState?: SavedState,
): AttemptResult {
  return {
    exitCode: 'startFailure' in attempt.outcome ? null : attempt.outcome.status,
    durationMs: attempt.durationMs,
    output: store.summary,
    captured,
    ...(shellState === undefined ? {} : { shellState }),
    warnings,
  };
}

/** The answer to a block that could not be started at all; the message is for people. */
export function notStarted(store: OutputStore, message: string): ExecutionResult {
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
export function withoutSecrets(ran: ExecutionResult, redactor: Redactor): ExecutionResult {
  if (!redactor.active) return ran;
  const result = { ...ran.result, warnings: ran.result.warnings.map((one) => redactor.redactText(one)) };
  if (ran.ok) return { ...ran, result };
  const { reason } = ran;
  return {
    ...ran,
    result,
    reason: 'message' in reason ? { ...reason, message: redactor.redactText(reason.message) } : reason,
  };
}
