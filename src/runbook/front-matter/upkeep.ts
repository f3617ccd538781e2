// Owns how long a page counts as reviewed and proven, and what of that is over.
import type { Span } from '../../text/span.ts';

/** What a page says of that. */
export interface Upkeep {
  /** The last day on which what the page says counts as looked at, such as `2027-03-31`. */
  readonly reviewAfter?: { readonly day: string; readonly span: Span };
  /** How old its last proof may be. */
  readonly proveEvery?: { readonly ms: number; readonly written: string; readonly span: Span };
}

/** When a page was last shown to work, all of it. */
export interface LastProof {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** A run, a rehearsal that left nothing out, or the tests of the page. */
  readonly by: 'run' | 'rehearsal' | 'test';
  /** The page, or one behind it, is another by now than the one that was proven. */
  readonly isOfOtherText: boolean;
}

/** What is looked up beside a page for those who judge it. */
export interface KnownOfPage {
  /** ISO 8601, UTC. */
  readonly now: string;
  /** `none` where none is kept; absent where nobody has looked for one. */
  readonly lastProof?: LastProof | 'none';
}

/** The same without places, as lists have it. */
export interface DueTimes {
  readonly reviewAfter?: { readonly day: string };
  readonly proveEvery?: { readonly ms: number };
}

/** What is no longer fresh of a page, or never was. */
export type Staleness = 'review-passed' | 'proof-overdue' | 'unproven' | 'changed';

/** All that is stale; a page that says nothing of reviews and proofs is stale only where it differs from its proof. */
export function stalenessOf(
  { reviewAfter, proveEvery }: DueTimes,
  { now, lastProof }: KnownOfPage,
): readonly Staleness[] {
  const proof = lastProof === 'none' ? undefined : lastProof;
  const isOverdue =
    proveEvery !== undefined && proof !== undefined && Date.parse(now) - Date.parse(proof.at) > proveEvery.ms;
  return [
    ...(reviewAfter !== undefined && now.slice(0, 10) > reviewAfter.day ? ['review-passed' as const] : []),
    ...(isOverdue ? ['proof-overdue' as const] : []),
    ...(proveEvery !== undefined && lastProof === 'none' ? ['unproven' as const] : []),
    ...(proof?.isOfOtherText ? ['changed' as const] : []),
  ];
}
