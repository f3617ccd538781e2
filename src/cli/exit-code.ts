// Owns the exit codes, which scripts rely on.
import type { RunState } from '../run/state.ts';

/** The documented exit codes; they never change their meaning. */
export const exitCode = {
  succeeded: 0,
  failed: 1,
  usage: 2,
  rolledBack: 3,
  preconditionFailed: 4,
  paused: 5,
  rollbackFailed: 6,
  busy: 7,
  interrupted: 130,
} as const;

/** The exit code of a run that has come to rest. */
export function exitCodeOf(state: RunState): number {
  if (state.lifecycle === 'paused') {
    return state.pause?.reason === 'interrupt' ? exitCode.interrupted : exitCode.paused;
  }
  switch (state.outcome) {
    case 'succeeded':
    case 'rehearsed':
      return exitCode.succeeded;
    case 'rolled-back':
      return exitCode.rolledBack;
    case 'rollback-failed':
      return exitCode.rollbackFailed;
    case 'precondition-failed':
      return exitCode.preconditionFailed;
    case 'stopped':
      return exitCode.interrupted;
    default:
      return exitCode.failed;
  }
}
