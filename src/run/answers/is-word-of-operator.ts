// Owns whether a run was paused by a word or a signal, and waits for nothing else.
import type { PauseReason } from '../belonging/pause-reason.ts';

/** True of a pause after which a run can go on as soon as somebody says so. */
export function isWordOfOperator(reason: PauseReason): boolean {
  return reason === 'operator' || reason === 'hangup' || reason === 'interrupt' || isEndOfProcess(reason);
}

/** True of a pause that nobody has chosen for the run: the process that worked on it was to end, or its server. */
export function isEndOfProcess(reason: PauseReason): boolean {
  return reason === 'drained' || reason === 'terminate';
}
