// Owns the port of links: what somebody may see and answer who has one and is not signed in.
import type { Result } from '../../basics/result.ts';
import type { Person } from './person.ts';
import type { ShownRun, WebQuestion, WebRefusal } from './web-port.ts';

/** What a link shows; `over`: it is worth nothing any more, and why. */
export type LinkedRequest =
  | {
      readonly type: 'open';
      readonly person: Person;
      readonly run: ShownRun;
      readonly question: WebQuestion & { readonly type: 'approval' };
    }
  | { readonly type: 'over'; readonly message: string }
  | { readonly type: 'unknown' };

/** What is said by a link. */
export interface LinkAnswer {
  readonly type: 'approve' | 'deny';
  readonly comment?: string;
}

/** Looking at what links are for, and answering by them. */
export interface LinkPort {
  /** Changes nothing, however often: scanners of mail open links. */
  look(token: string): Promise<LinkedRequest>;
  /** Uses the link up; gives what has become of the answer, in words. */
  answer(token: string, answer: LinkAnswer): Promise<Result<string, WebRefusal>>;
}
