// Owns what is known of a part of a run that was taken up and did not come to the part again.
import type { ItemState } from '../../run/state.ts';

/**
 * How a part ended before its run was taken up, which asks preconditions and what failed again; undefined where it was
 * never run, or has been since.
 */
export function endedBefore({
  status,
  attempts,
  result,
  reason,
  turn,
}: ItemState): 'passed' | 'failed' | undefined {
  // Between two items of its list it has not ended.
  if (turn !== undefined) return undefined;
  if (status !== 'pending' || attempts === 0 || result === undefined) return undefined;
  return reason === undefined ? 'passed' : 'failed';
}
