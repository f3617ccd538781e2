// Owns what can happen to an answer that comes from elsewhere; one part of the union of events.
import type { Address } from '../../basics/address.ts';
import type { PersonAnswer } from './person-answer.ts';

/** One thing that has happened to an answer; who gave it is a `Person`. */
export type AnswerEvent<Person> =
  /** It is kept until the run comes to its question. */
  | {
      readonly type: 'QuestionAnswered';
      readonly question: string;
      readonly address?: Address;
      readonly answer: PersonAnswer;
      readonly by: Person;
    }
  /** The run came to it, and what follows from it stands before this; or why nothing does. */
  | {
      readonly type: 'AnswerTaken';
      readonly question: string;
      /** Who gave it, and its word; absent in journals of earlier versions. */
      readonly by?: Person;
      readonly answer?: string;
      readonly refused?: string;
    };
