// Owns the words and reasons for the ways in which an attempt can end.
import type { FailureReason } from '../../run/event.ts';
import type { ExecutionRequest } from '../../run/executor.ts';
import type { Attempt } from './run-attempt.ts';

/** Why an attempt is a failure by the way it ended; nothing when it is none. */
export function failureOf(
  attempt: Attempt,
  { item, purpose }: ExecutionRequest,
): FailureReason<string> | undefined {
  const { outcome, endedBy, failure } = attempt;
  if (endedBy === 'interrupt') return { type: 'interrupted' };
  if (endedBy === 'timeout') return { type: 'timeout', timeoutMs: item.timeoutMs ?? 0 };
  if (failure !== undefined) return failure;
  if ('startFailure' in outcome) return { type: 'spawn', message: outcome.startFailure };
  if (outcome.signal !== undefined) return { type: 'signal', signal: outcome.signal };
  const code = outcome.status ?? -1;
  const accepted = purpose === 'condition' ? code === 0 : item.exit.includes(code);
  return accepted ? undefined : { type: 'exit', code };
}

/** What the operator should know of the state that could not be carried over. */
export function stateWarnings({ outcome, endedBy }: Attempt): string[] {
  if ('startFailure' in outcome || outcome.dump !== undefined) return [];
  const stands = 'variables, functions and working directory are as they were before the block';
  if (outcome.shellLost) return [`the block ended the shell of the run; ${stands}`];
  if (outcome.signal !== undefined || endedBy !== 'itself') return [`the block was killed; ${stands}`];
  return [`the block replaced its shell (exec); ${stands}`];
}
