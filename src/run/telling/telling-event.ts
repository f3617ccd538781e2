// Owns what can become of telling somebody of a run; one part of the union of events.
import type { MaskedText } from '../masking/redactor.ts';

/** One thing that somebody has said of the run, or that has become of telling somebody; who said it is a `Person`. */
export type TellingEvent<Person> =
  /** An operator's update for those who wait for news. */
  | {
      readonly type: 'UpdateWritten';
      readonly text: string;
      /** Names of the channels that it goes to. */
      readonly to: readonly string[];
      readonly by: Person;
    }
  /** A process of the run had ended without a word, which a command of this person found. */
  | { readonly type: 'RunFoundBrokenOff'; readonly by: Person }
  | {
      readonly type: 'NotificationSent';
      readonly to: string;
      readonly about: string;
      /** What the channel calls the conversation that the run has there; absent where it has none. */
      readonly thread?: string;
    }
  | {
      readonly type: 'NotificationFailed';
      readonly to: string;
      readonly about: string;
      readonly message: MaskedText;
    };
