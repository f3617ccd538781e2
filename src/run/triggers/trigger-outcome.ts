// Owns what one rule of a page makes of one event.
import type { Rate, Trigger } from '../../runbook/front-matter/triggers/trigger.ts';

/** How long a key stands for the same thing: for so long since the first, or until the sender tells that it is over. */
export type DedupSpan = { readonly forMs: number } | { readonly whileFiring: true };

/** A run that an event starts. */
export interface TriggeredStart {
  /** Values as the blocks will see them, each what its input may be. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Two events with the same key are one to the rule; other rules have keys of their own. */
  readonly dedup: DedupSpan & { readonly key: string };
  /** What `concurrency.key` of the page comes to; absent where it has none. */
  readonly concurrencyKey?: string;
  readonly may: Trigger['may'];
  readonly whenResolved: Trigger['whenResolved'];
  readonly runOn?: string;
  readonly rate?: Rate;
}

/** Each `reason` is a sentence for people, without its stop; what it cites of the event is short and harmless. */
export type TriggerOutcome =
  | { readonly type: 'no-match'; readonly reason: string }
  | ({ readonly type: 'start' } & TriggeredStart)
  /** It starts when its quiet hours are over, at `until`, in milliseconds since 1970. */
  | ({ readonly type: 'held'; readonly until: number; readonly reason: string } & TriggeredStart)
  /** It starts, and asks a person before anything is run. */
  | ({ readonly type: 'ask'; readonly reason: string } & TriggeredStart)
  /** It would start, and quiet hours say that there is no run then. */
  | { readonly type: 'dropped'; readonly reason: string }
  /** It is meant by the rule, and cannot start: people have to look at the event or at the page. */
  | { readonly type: 'rejected'; readonly reason: string };
