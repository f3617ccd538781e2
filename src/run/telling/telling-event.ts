// Owns what can become of telling somebody of a run; one part of the union of events.
import type { MaskedText } from '../masking/redactor.ts';

/** One thing that has become of a message. */
export type TellingEvent =
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
