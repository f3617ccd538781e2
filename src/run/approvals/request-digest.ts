// Owns the digest by which an answer names the request that it is for.
import { digestOfCode } from '../digest-of-code.ts';
import type { PlanItem } from '../plan.ts';
import type { ApprovalState, RunState } from '../state.ts';

/**
 * 12 hexadecimal digits over the run, the item, the moment of the request and all that is to be approved: no answer
 * to one request is an answer to another. Undefined for a request of an earlier version, which does not say what it
 * is of.
 */
export function requestDigest(
  { run }: RunState,
  { address }: PlanItem,
  { requestedAt, of }: ApprovalState,
): string | undefined {
  return of && digestOfCode(JSON.stringify([run, address, requestedAt, of]));
}
