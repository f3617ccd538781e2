// Owns the form of a command that another process has posted.
import { type PersonAnswer, parsePersonAnswer } from '../../run/answers/person-answer.ts';

/** What is posted: who says it and when it is taken is not for the sender to say. */
export type PostedCommand =
  | {
      readonly type: 'GiveApproval' | 'DenyApproval';
      readonly address: string;
      /** Digest of the request that is answered. */
      readonly of?: string;
      readonly comment?: string;
      /** The machine that it is posted from. */
      readonly host: string;
    }
  | {
      readonly type: 'AnswerQuestion';
      /** The name of what is answered. */
      readonly question: string;
      readonly answer: PersonAnswer;
      readonly host: string;
    }
  | { readonly type: 'PauseRun'; readonly host: string };

/** A command of the kinds that may come from outside, for this run, or undefined; every field is checked. */
export function parsePostedCommand(text: string, run: string): PostedCommand | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || value.run !== run || typeof value.host !== 'string') return undefined;
  const { type, address, of, comment, host } = value;
  if (type === 'PauseRun') return { type, host };
  if (type === 'AnswerQuestion') {
    const answer = parsePersonAnswer(value.answer);
    const { question } = value;
    return answer && typeof question === 'string' ? { type, question, answer, host } : undefined;
  }
  if ((type !== 'GiveApproval' && type !== 'DenyApproval') || typeof address !== 'string') return undefined;
  return {
    type,
    address,
    host,
    ...(typeof of === 'string' && { of }),
    ...(typeof comment === 'string' && { comment }),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
