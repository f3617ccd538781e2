// Owns how a recorded event changes the gate of an item.
import { isSamePerson } from '../approvals/is-same-person.ts';
import type { Actor, EventOf } from '../event.ts';
import type { GivenApproval, ItemState } from '../state.ts';

type OfGate =
  | 'ApprovalRequested'
  | 'ApprovalGiven'
  | 'ApprovalDenied'
  | 'ApprovalTimedOut'
  | 'ApprovalChecked';

/** The item after an event that is about its gate; `at` is when it was recorded. */
export function evolveApproval(item: ItemState, event: EventOf<OfGate>, at: string): ItemState {
  switch (event.type) {
    case 'ApprovalRequested': {
      const { type: _type, address: _address, by, ...gate } = event;
      const asked = { requestedBy: by, requestedAt: at, operators: [by], given: [] };
      return { ...item, approval: { ...gate, ...asked, granted: false, checked: false, escalated: false } };
    }
    case 'ApprovalGiven':
      return giveApproval(item, givenBy(event, at));
    case 'ApprovalDenied': {
      const comment = event.comment ? { comment: event.comment } : {};
      return { ...item, status: 'failed', reason: { type: 'denied', by: event.by, ...comment }, endedAt: at };
    }
    case 'ApprovalTimedOut':
      return timeOutApproval(item, event.action, at);
    case 'ApprovalChecked': {
      const { approval, ...rest } = item;
      if (event.changed.length > 0 || approval === undefined) return rest;
      return { ...item, approval: { ...approval, checked: true } };
    }
  }
}

/** The item once somebody operates the run anew: their word no longer counts, and what was approved is compared again. */
export function takeOverApproval(item: ItemState, by: Actor): ItemState {
  const { approval } = item;
  if (approval === undefined) return item;
  const isKnown = approval.operators.some((operator) => isSamePerson(operator, by));
  const operators = isKnown ? approval.operators : [...approval.operators, by];
  return { ...item, approval: { ...approval, operators, checked: false } };
}

function givenBy({ by, comment, of, file }: EventOf<'ApprovalGiven'>, at: string): GivenApproval {
  return {
    by,
    at,
    ...(comment && { comment }),
    ...(of !== undefined && { of }),
    ...(file !== undefined && { file }),
  };
}

function giveApproval(item: ItemState, answer: GivenApproval): ItemState {
  if (!item.approval) return item;
  const given = [...item.approval.given, answer];
  return { ...item, approval: { ...item.approval, given, granted: given.length >= item.approval.needed } };
}

function timeOutApproval(
  item: ItemState,
  action: EventOf<'ApprovalTimedOut'>['action'],
  at: string,
): ItemState {
  if (!item.approval) return item;
  const { expiresAt: _expires, ...approval } = item.approval;
  if (action === 'approve') return { ...item, approval: { ...approval, granted: true } };
  if (action === 'escalate') return { ...item, approval: { ...approval, escalated: true } };
  return { ...item, approval, status: 'failed', reason: { type: 'denied' }, endedAt: at };
}
