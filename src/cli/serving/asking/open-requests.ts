// Owns the approvals that a run waits for, as people are asked for them.
import type { RunId } from '../../../basics/address.ts';
import { mayApprove, openGate } from '../../../run/approvals/may-approve.ts';
import { requestDigest } from '../../../run/approvals/request-digest.ts';
import type { PlanItem } from '../../../run/plan.ts';
import type { ApprovalState, RunState } from '../../../run/state.ts';
import { type Message, requestMessage } from '../../../surfaces/notify/notification.ts';
import type { Person } from '../../../surfaces/web/person.ts';
import { webActor } from '../page/web-questions.ts';

/** One approval that is waited for. */
export interface OpenRequest {
  readonly run: RunId;
  readonly item: PlanItem;
  readonly gate: ApprovalState;
  /** By which an answer names it. */
  readonly digest: string;
  readonly message: Message<string>;
}

/** All that a run waits for now. */
export function openRequests(state: RunState): readonly OpenRequest[] {
  const { run } = state;
  if (run === undefined || state.lifecycle !== 'paused') return [];
  return state.plan.items.flatMap((item, index): OpenRequest[] => {
    const known = state.items[index];
    const gate = known && openGate(item, known);
    const digest = gate && requestDigest(state, item, gate);
    const message = gate && requestMessage(state, item);
    return gate === undefined || digest === undefined || message === undefined
      ? []
      : [{ run, item, gate, digest, message }];
  });
}

/** Whether an answer of this person would count. */
export function wouldCount(state: RunState, { item }: OpenRequest, person: Person): boolean {
  const known = state.items[state.indexOf.get(item.address) ?? -1];
  return known !== undefined && mayApprove(state, item, known, webActor(person)).ok;
}
