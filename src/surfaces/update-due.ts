// Owns the words that remind an operator of the next update.
import type { RunState } from '../run/state.ts';
import { untilUpdate } from '../run/telling/update-rule.ts';

const minuteMs = 60_000;
/** From so long before it is due on, an operator is reminded. */
const reminderMs = 5 * minuteMs;

/** `update due in 4 min`, `update overdue for 3 min`; undefined while there is time. `nowMs` is wall time. */
export function updateDue(state: RunState, nowMs: number): string | undefined {
  const left = untilUpdate(state, nowMs);
  if (left === undefined || left > reminderMs) return undefined;
  if (left > 0) return `update due in ${Math.ceil(left / minuteMs)} min`;
  const late = Math.floor(-left / minuteMs);
  return late === 0 ? 'update due now' : `update overdue for ${late} min`;
}
