// Owns what is told of a page in a list of pages.
import type { Outcome } from '../../run/outcomes.ts';
import { type LastProof, type Staleness, stalenessOf } from '../../runbook/front-matter/upkeep.ts';
import type { SkimmedRunbook } from '../../runbook/skim-runbook.ts';
import type { KeptProofs } from '../history/kept-proofs.ts';
import { systemClock } from '../system-clock.ts';

/** The newest run of a page, rehearsals aside. */
interface NewestRun {
  readonly id: string;
  /** ISO 8601, UTC: when it was begun. */
  readonly at: string;
  readonly status: 'open' | 'paused' | 'ended';
  readonly outcome?: Outcome;
}

/** A page with what is known of its runs; no place where nothing is kept. */
export interface ListedPage extends SkimmedRunbook {
  /** As it was found. */
  readonly path: string;
  readonly lastRun?: NewestRun;
  readonly lastProof?: LastProof;
  readonly stale: readonly Staleness[];
}

/** Looks up what is kept of a page; without `proofs`, nothing is known of its runs. */
export function listedPage(
  page: SkimmedRunbook & { readonly path: string },
  proofs?: KeptProofs,
): ListedPage {
  const known = proofs?.known(page.path) ?? { now: systemClock.now().toISOString() };
  const newest = proofs?.newestRun(page.path)?.summary;
  const { reviewAfter, proveEveryMs } = page;
  const times = {
    ...(reviewAfter !== undefined && { reviewAfter: { day: reviewAfter } }),
    ...(proveEveryMs !== undefined && { proveEvery: { ms: proveEveryMs } }),
  };
  const { lastProof } = known;
  return {
    ...page,
    ...(newest && {
      lastRun: {
        id: newest.id,
        at: newest.startedAt,
        status: newest.status,
        ...(newest.outcome && { outcome: newest.outcome }),
      },
    }),
    ...(lastProof !== undefined && lastProof !== 'none' && { lastProof }),
    stale: stalenessOf(times, known),
  };
}
