// Owns what a page says of the events that start a run of it.
import type { Span } from '../../../text/span.ts';
import type { EventPath } from './event-path.ts';
import type { SourceType } from './source-types.ts';

/** An expression of CEL, as written, with its place in the file. */
export interface WrittenExpression {
  readonly code: string;
  readonly span: Span;
}

/** What a label is held against: a text, or a pattern that all of it has to match. */
export type LabelTest =
  | { readonly type: 'equal'; readonly value: string }
  | { readonly type: 'pattern'; readonly source: string };

/** What a label of an event has to be. A label that the event does not have is the empty text. */
export interface LabelMatcher {
  readonly label: string;
  /** One of them has to hold, where there are any. */
  readonly any: readonly LabelTest[];
  /** None of them may hold. */
  readonly none: readonly LabelTest[];
  readonly span: Span;
}

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** Hours in which an event does not start a run as it would otherwise. */
export interface QuietHours {
  /** The days on which they begin. */
  readonly days: readonly Weekday[];
  /** Minutes since midnight by the clocks of the time zone. */
  readonly from: number;
  /** The same; on the next day where it is not after `from`. */
  readonly to: number;
  /** A name of the IANA database. */
  readonly timezone: string;
  readonly action: QuietAction;
}

export const quietActions = ['ask', 'wait', 'drop'] as const;

/** A person is asked before the run begins; it begins when the hours are over; or there is none. */
export type QuietAction = (typeof quietActions)[number];

export const resolvedActions = ['ignore', 'stop-if-waiting', 'note'] as const;

/** What becomes of the run when the sender tells that what it was about is over. */
export type WhenResolved = (typeof resolvedActions)[number];

export const mayChoices = ['read', 'change'] as const;

/** The highest risk of what an event alone has done; beyond it a person is asked. */
export type May = (typeof mayChoices)[number];

/** One rule of `on:`: which events start a run, with which inputs. */
export interface Trigger {
  readonly source: SourceType;
  /** The endpoint of the server that the event has to come by; any of them where absent. */
  readonly endpoint?: string;
  /** All of them have to hold. */
  readonly match: readonly LabelMatcher[];
  readonly condition?: WrittenExpression;
  /** Inputs by expressions over the event, in their order. */
  readonly set: readonly { readonly input: string; readonly value: WrittenExpression; readonly span: Span }[];
  readonly dedup?: {
    /** The sender's own where absent. */
    readonly key?: WrittenExpression;
    /** As long as the event fires where absent. */
    readonly forMs?: number;
  };
  readonly whenResolved: WhenResolved;
  readonly quiet: readonly QuietHours[];
  readonly may: May;
  /** Names of people, and of groups under `approvals`: only they can ask for it. */
  readonly people?: readonly string[];
  /** When a tick of `schedule` comes. */
  readonly schedule?: { readonly cron: string; readonly timezone: string; readonly span: Span };
  /** Its name or its entry in the list. */
  readonly span: Span;
}

/** At most so many starts in any stretch of so long. */
export interface Rate {
  readonly count: number;
  readonly perMs: number;
}

/** What a page says of events. */
export interface EventRules {
  /** The events that start a run; absent where none does. */
  readonly triggers?: readonly Trigger[];
  /** How often events start one. */
  readonly rate?: Rate;
  /** The queue whose workers take the runs that events start. */
  readonly runOn?: string;
}

/** What may be a value of an event. */
export interface OfEvent {
  /** Which one, where an event starts the run. */
  readonly fromEvent?: EventPath;
}
