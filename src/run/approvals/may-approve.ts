// Owns who may answer an approval.
import { fail, ok, type Result } from '../../basics/result.ts';
import type { Rejection } from '../command.ts';
import type { Actor } from '../event.ts';
import type { PlanItem } from '../plan.ts';
import type { ApprovalState, ItemState, RunState } from '../state.ts';
import { isSamePerson } from './is-same-person.ts';
import { requestDigest } from './request-digest.ts';

/** The gate of an item that waits for an answer; undefined where none does. */
export function openGate(item: PlanItem, { status, approval }: ItemState): ApprovalState | undefined {
  // A link that has begun waits once more where something of what it brings is another by now.
  const isAhead = status === 'pending' || (item.kind === 'runbook' && status === 'running');
  return isAhead && approval?.granted === false ? approval : undefined;
}

/**
 * Whether this person's answer counts, or why it does not. A gate that names people takes only them; nobody who
 * operates the run, or has since it was asked for, or for whom it was started is ever taken; nobody counts twice.
 */
export function mayApprove(
  state: RunState,
  item: PlanItem,
  known: ItemState,
  by: Actor,
): Result<void, Rejection> {
  const gate = openGate(item, known);
  const who = `\`${by.user}\``;
  if (!gate) return fail({ code: 'no-open-gate', message: `\`${item.address}\` waits for no approval` });
  if (state.operator && isSamePerson(by, state.operator))
    return fail({ code: 'own-step', message: `${who} runs this step and cannot approve it` });
  // A process that takes the run up later acts for nobody; for whom it was started stays.
  if (state.startedBy?.for === by.user)
    return fail({
      code: 'own-step',
      message: `the run was started for ${who}, who cannot approve what it does`,
    });
  if (gate.operators.some((operator) => isSamePerson(by, operator)))
    return fail({
      code: 'own-step',
      message: `${who} has operated the run since this was asked for, and cannot approve it`,
    });
  if (gate.people.length > 0 && !gate.people.includes(by.user)) {
    return fail({
      code: 'not-an-approver',
      message: `${who} is not asked here; \`${gate.gate}\` is ${gate.people.map((name) => `\`${name}\``).join(', ')}`,
    });
  }
  if (gate.given.some((answer) => isSamePerson(answer.by, by))) {
    return fail({ code: 'answered-already', message: `${who} has approved already` });
  }
  return ok(undefined);
}

/** Whether an answer names the request that stands, by its digest; or why it cannot be taken for an answer to it. */
export function answersRequest(
  state: RunState,
  item: PlanItem,
  gate: ApprovalState,
  of: string | undefined,
): Result<void, Rejection> {
  const digest = requestDigest(state, item, gate);
  if (digest === undefined)
    return fail({
      code: 'earlier-version',
      message: `\`${item.address}\` was asked for by an earlier version, which did not say what is approved; \`runsheet resume\` asks again`,
    });
  if (of === undefined) return fail({ code: 'unseen', message: 'the answer does not say what it is for' });
  if (of !== digest)
    return fail({
      code: 'another-request',
      message: `the answer is for another request; what \`${item.address}\` waits for now is \`${digest}\``,
    });
  return ok(undefined);
}
