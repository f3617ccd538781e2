// Owns when the time of gates is over that are waited for, and what comes of it then.
import { openGate } from '../approvals/may-approve.ts';
import type { EventOf } from '../event.ts';
import { timeoutActionOf } from '../rules/approval-effect.ts';
import type { RunState } from '../state.ts';

/** An open gate that somebody has to answer by a time, in milliseconds since 1970; `event` is what follows then. */
export interface GateEnd {
  readonly endMs: number;
  readonly event: EventOf<'ApprovalTimedOut'>;
}

/** All of them, in the order of the plan. */
export function gateEnds(state: RunState): readonly GateEnd[] {
  return state.plan.items.flatMap((item, index): GateEnd[] => {
    const known = state.items[index];
    const gate = known && openGate(item, known);
    if (known === undefined || gate?.expiresAt === undefined) return [];
    const action = timeoutActionOf(state, item, known, gate.onTimeout);
    const event = { type: 'ApprovalTimedOut' as const, address: item.address, action };
    return [{ endMs: Date.parse(gate.expiresAt), event }];
  });
}
