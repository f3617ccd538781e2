// Owns whether an answer to a gate counts, and what is recorded of one that does not.
import { answersRequest, mayApprove, openGate } from '../approvals/may-approve.ts';
import type { CommandOf, Rejection } from '../command.ts';
import type { RunEvent } from '../event.ts';
import type { PlanItem } from '../plan.ts';
import { timeoutActionOf } from '../rules/approval-effect.ts';
import type { ItemState, RunState } from '../state.ts';
import { type Decision, reject, take } from './decision.ts';

type Answer = CommandOf<'GiveApproval' | 'DenyApproval'>;

/** The facts that follow from an answer; the time of the gate is judged by when it is taken. */
export function decideAnswer(state: RunState, item: PlanItem, known: ItemState, command: Answer): Decision {
  const { type, address, by, at, of, file, comment } = command;
  const refuse = ({ code, message }: Rejection, ...before: readonly RunEvent[]): Decision =>
    reject(code, message, ...before, {
      type: 'AnswerRefused',
      address,
      answer: type === 'GiveApproval' ? 'approve' : 'deny',
      by,
      message,
    });
  const gate = openGate(item, known);
  const { expiresAt } = gate ?? {};
  const isLate = expiresAt !== undefined && Date.parse(at) >= Date.parse(expiresAt);
  const action = timeoutActionOf(state, item, known, gate?.onTimeout ?? 'deny');
  const over: readonly RunEvent[] = isLate ? [{ type: 'ApprovalTimedOut', address, action }] : [];
  // Where it was escalated it is still waited for.
  if (isLate && action !== 'escalate')
    return refuse(
      { code: 'late', message: `the time to answer \`${address}\` was over at ${expiresAt}` },
      ...over,
    );
  const may = mayApprove(state, item, known, by);
  if (!may.ok) return refuse(may.error, ...over);
  const names = gate && answersRequest(state, item, gate, of);
  if (names?.ok === false) return refuse(names.error, ...over);
  const said = { address, by, ...(comment && { comment }), ...(of !== undefined && { of }) };
  return take(
    ...over,
    type === 'GiveApproval'
      ? { type: 'ApprovalGiven', ...said, ...(file !== undefined && { file }) }
      : { type: 'ApprovalDenied', ...said },
  );
}
