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

/** Whether an event shows that a person has seen to what was told: has decided what follows, or takes a break knowingly. */
export function isSeenTo(told: RunEvent, event: RunEvent): boolean {
  if (event.type === 'RunPaused') return event.reason === 'operator' && !isOfGate(told);
  if (event.type !== 'FailureDecided' || event.automatic) return false;
  return 'address' in told && told.address === event.address;
}

/** Whether it is about an approval that is wanted or comes too late. */
export function isOfGate({ type }: RunEvent): boolean {
  return type === 'ApprovalRequested' || type === 'ApprovalTimedOut';
}
