// Owns whether a run was paused by a word or a signal, and waits for nothing else.
import type { PauseReason } from '../belonging/pause-reason.ts';

/** True of a pause after which a run can go on as soon as somebody says so. */
export function isWordOfOperator(reason: PauseReason): boolean {
  return reason === 'operator' || reason === 'terminate' || reason === 'hangup' || reason === 'interrupt';
}
