// Owns the form of a command that another process has posted.

import { type PersonAnswer, parsePersonAnswer } from '../../run/answers/person-answer.ts';
import { type AnswerWay, answerWays } from '../../run/approvals/via.ts';

/** Names of people: what stands in lists of approvers, and addresses of mail. */
const personForm = /^[\p{L}\p{N}_.@+-]{1,200}$/u;

/** A person whom a server knows, and how they have told it. */
export interface OnBehalf {
  readonly person: string;
  readonly way: AnswerWay;
}

/** Reasons and notes. */
const longestText = 2_000;

/** What every posted command tells of where it comes from. */
interface Sent {
  /** The machine that it is posted from. */
  readonly host: string;
  /** Set by a server that posts what a person has told it; whether that is believed is for the run to say. */
  readonly onBehalf?: OnBehalf;
}

/** What is posted: whose account says it and when it is taken is not for the sender to say. */
export type PostedCommand = Sent &
  (
    | {
        readonly type: 'GiveApproval' | 'DenyApproval';
        readonly address: string;
        /** Digest of the request that is answered. */
        readonly of?: string;
        readonly comment?: string;
      }
    | {
        readonly type: 'AnswerQuestion';
        /** The name of what is answered. */
        readonly question: string;
        readonly answer: PersonAnswer;
      }
    /** `drained`: its server ends, and the next one is to go on with it. */
    | { readonly type: 'PauseRun'; readonly drained?: true }
    /** `reason`: what is over, in words, where nobody in particular stops it; `atRest`: what works is not broken off. */
    | { readonly type: 'StopRun'; readonly reason?: string; readonly atRest?: true }
    /** `goesOn`: a run that rests is to be taken up. */
    | { readonly type: 'AddNote'; readonly text: string; readonly goesOn?: true }
  );

/** A command of the kinds that may come from outside, for this run, or undefined; every field is checked. */
export function parsePostedCommand(text: string, run: string): PostedCommand | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || value.run !== run || typeof value.host !== 'string') return undefined;
  const { type, address, of, comment, reason, text: note } = value;
  const onBehalf = value.onBehalf === undefined ? undefined : parseOnBehalf(value.onBehalf);
  // Somebody is meant: it is not the word of the account itself.
  if (value.onBehalf !== undefined && onBehalf === undefined) return undefined;
  const sent: Sent = { host: value.host, ...(onBehalf && { onBehalf }) };
  if (type === 'PauseRun') return { type, ...(value.drained === true && { drained: true }), ...sent };
  if (type === 'StopRun') {
    if (reason !== undefined && !isText(reason)) return undefined;
    return { type, ...(reason && { reason }), ...(value.atRest === true && { atRest: true }), ...sent };
  }
  if (type === 'AddNote')
    return isText(note)
      ? { type, text: note, ...(value.goesOn === true && { goesOn: true }), ...sent }
      : undefined;
  if (type === 'AnswerQuestion') {
    const answer = parsePersonAnswer(value.answer);
    const { question } = value;
    return answer && typeof question === 'string' ? { type, question, answer, ...sent } : undefined;
  }
  if ((type !== 'GiveApproval' && type !== 'DenyApproval') || typeof address !== 'string') return undefined;
  return {
    type,
    address,
    ...sent,
    ...(typeof of === 'string' && { of }),
    ...(typeof comment === 'string' && { comment }),
  };
}

function parseOnBehalf(value: unknown): OnBehalf | undefined {
  if (!isRecord(value)) return undefined;
  const { person, way } = value;
  const known = answerWays.find((name) => name === way);
  return known !== undefined && typeof person === 'string' && personForm.test(person)
    ? { person, way: known }
    : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= longestText;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
