// Owns how people answer who have no account on the machine of a run.

export const answerWays = ['page', 'api', 'link', 'slack'] as const;

/** How a person has answered whom a server knows, and the account of the server. */
export interface Via {
  readonly way: AnswerWay;
  readonly account: string;
  readonly uid: number;
}

/** Where people answer who have no account on the machine of a run. */
export type AnswerWay = (typeof answerWays)[number];
