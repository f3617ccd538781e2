// Owns what a rule of a runbook made of an event, and what came of that in the queue.
import type { RunId } from '../../basics/address.ts';
import type { RunbookReference, RunRequest } from './run-request.ts';

/** Which rule of which runbook: `on[0]`, or the name that it has there. */
interface OfRule {
  readonly rule: string;
}

/** What one rule says of one event, before anything else is known. Reasons are clauses without a full stop. */
export type RuleDecision =
  | (OfRule & {
      readonly type: 'no-match' | 'dropped' | 'rejected';
      readonly runbook: RunbookReference;
      readonly reason: string;
    })
  | (OfRule & { readonly type: 'start'; readonly request: RunRequest })
  /** To be started at a time, in milliseconds. */
  | (OfRule & {
      readonly type: 'held';
      readonly until: number;
      readonly reason: string;
      readonly request: RunRequest;
    })
  /** To be started when a person says so. */
  | (OfRule & { readonly type: 'ask'; readonly reason: string; readonly request: RunRequest });

/** What became of a request for a run. */
export type Enqueued =
  | { readonly type: 'queued'; readonly run: RunId }
  | { readonly type: 'held'; readonly run: RunId; readonly until: number; readonly reason: string }
  | { readonly type: 'asking'; readonly run: RunId; readonly reason: string }
  /** No run of its own: the one that is named does for it. */
  | { readonly type: 'joined'; readonly run: RunId; readonly why: 'dedup' | 'concurrency' }
  | { readonly type: 'refused'; readonly reason: string };

/** What came of what a rule said, as it is kept with the event. */
export type Decided = OfRule & { readonly runbook: RunbookReference } & (
    | { readonly type: 'no-match' | 'dropped' | 'rejected'; readonly reason: string }
    | Enqueued
  );
