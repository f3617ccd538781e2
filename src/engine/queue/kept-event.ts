// Owns an event as the queue keeps it: what was told, how often, and what came of it.
import type { ReceivedEvent } from '../../run/triggers/received-event.ts';
import type { EventId } from './queued-run.ts';
import type { Decided } from './rule-decision.ts';

/** What was told; `unreadable` where the proof was right and the rest could not be understood. */
export type ToldEvent =
  | ({ readonly type: 'event' } & ReceivedEvent)
  | {
      readonly type: 'unreadable';
      readonly endpoint: string;
      readonly source: string;
      readonly reason: string;
    };

/** What came of an event on one occasion: when it was told first, and each time that it was gone through anew. */
export interface DecisionRound {
  readonly at: number;
  /** Who had it gone through anew; undefined for the first time. */
  readonly by?: string;
  readonly decided: readonly Decided[];
  /** Rules that did not match and are not listed, because there were too many. */
  readonly leftOut: number;
}

/** An event in a list; all times in milliseconds since 1970. */
export interface KeptEvent {
  readonly id: EventId;
  readonly told: ToldEvent;
  /** How often it was told. */
  readonly times: number;
  readonly receivedAt: number;
  readonly lastToldAt: number;
  readonly rounds: readonly DecisionRound[];
}

/** An event with the bytes it came in. */
export interface WholeEvent extends KeptEvent {
  /** The beginning of the delivery's body. */
  readonly raw: Uint8Array;
  /** How long all of it was. */
  readonly rawBytes: number;
}
