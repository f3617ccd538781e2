// Owns whether a page goes bad, and why.
import type { ListedPage } from './listed-page.ts';
import type { Rehearsal } from './rehearse-page.ts';

/** What `check` finds in a page. */
export interface CheckedCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly hints: number;
}

/** A page with all that is looked at. */
export interface RottingPage extends Pick<ListedPage, 'title' | 'owner' | 'path' | 'lastProof' | 'stale'> {
  readonly check: CheckedCounts;
  /** Absent where nobody asked for one. */
  readonly rehearsal?: Rehearsal;
  /** What makes it one that goes bad; none of a good one. */
  readonly rot: readonly RotReason[];
}

/** A difference from what was proven is told, and is no rot: a word may have been mended. */
export type RotReason = 'check' | 'review' | 'proof' | 'rehearsal';

/** Judges a page. */
export function rotOf({
  check,
  stale,
  rehearsal,
}: Pick<RottingPage, 'check' | 'stale' | 'rehearsal'>): readonly RotReason[] {
  return [
    ...(check.errors > 0 ? ['check' as const] : []),
    ...(stale.includes('review-passed') ? ['review' as const] : []),
    ...(stale.includes('proof-overdue') || stale.includes('unproven') ? ['proof' as const] : []),
    ...(rehearsal?.passed === false ? ['rehearsal' as const] : []),
  ];
}
