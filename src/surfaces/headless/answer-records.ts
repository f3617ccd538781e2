// Owns the public records of what people answer, to gates and to questions.
import type { EventHandlers } from '../../view/event-handlers.ts';
import type { WireRecord } from './wire-record.ts';

/** What every record of something that happened begins with. */
export interface RecordHead {
  readonly v: 1;
  readonly seq: number;
  readonly at: string;
}

type AnswerEventType =
  | 'ApprovalRequested'
  | 'ApprovalGiven'
  | 'ApprovalDenied'
  | 'ApprovalTimedOut'
  | 'ApprovalChecked'
  | 'AnswerRefused'
  | 'QuestionAnswered'
  | 'AnswerTaken';

/** The record of each such event. */
export const answerRecords: Pick<EventHandlers<WireRecord, [head: RecordHead]>, AnswerEventType> = {
  ApprovalRequested: ({ address, gate, people, needed, by, onTimeout, expiresAt, rest, of }, head) => ({
    ...head,
    address,
    type: 'approval-requested',
    gate,
    people,
    needed,
    by,
    onTimeout,
    ...(expiresAt && { expiresAt }),
    ...(rest && { rest }),
    ...(of && { of }),
  }),
  ApprovalGiven: ({ address, by, comment, of }, head) => ({
    ...head,
    address,
    type: 'approval-given',
    by,
    ...(comment !== undefined && { comment }),
    ...(of !== undefined && { of }),
  }),
  ApprovalDenied: ({ address, by, comment, of }, head) => ({
    ...head,
    address,
    type: 'approval-denied',
    by,
    ...(comment !== undefined && { comment }),
    ...(of !== undefined && { of }),
  }),
  ApprovalTimedOut: ({ address, action }, head) => ({
    ...head,
    address,
    type: 'approval-timed-out',
    action,
  }),
  AnswerRefused: ({ address, answer, by, message }, head) => ({
    ...head,
    type: 'answer-refused',
    ...(address && { address }),
    ...(answer && { answer }),
    ...(by && { by }),
    message,
  }),
  QuestionAnswered: ({ question, address, answer, by }, head) => ({
    ...head,
    type: 'question-answered',
    question,
    ...(address && { address }),
    answer: answer.word,
    ...(answer.value !== undefined && { value: answer.value }),
    ...(answer.items && { items: answer.items }),
    ...(answer.note !== undefined && { note: answer.note }),
    by,
  }),
  AnswerTaken: ({ question, by, answer, refused }, head) => ({
    ...head,
    type: 'answer-taken',
    question,
    ...(by && { by }),
    ...(answer !== undefined && { answer }),
    ...(refused !== undefined && { refused }),
  }),
  ApprovalChecked: ({ address, changed }, head) => ({ ...head, address, type: 'approval-checked', changed }),
};
