// Owns whether what an escalation waits for has been seen to meanwhile.
import { openGate } from '../approvals/may-approve.ts';
import type { RunEvent } from '../event.ts';
import type { RunState } from '../state.ts';

/** Whether nobody has seen yet to what an event has told of: a gate that is still shut, a failure that still stands. */
export function stillStands(event: RunEvent, state: RunState): boolean {
  const index = 'address' in event && event.address ? (state.indexOf.get(event.address) ?? -1) : -1;
  const item = state.plan.items[index];
  const known = state.items[index];
  if (item === undefined || known === undefined) return state.lifecycle === 'running';
  const isGate =
    event.type === 'ApprovalRequested' || (event.type === 'ApprovalTimedOut' && event.action !== 'deny');
  return isGate ? openGate(item, known) !== undefined : known.status === 'failed';
}
