// Owns what runs have saved against doing the same by hand.
import type { Rate } from '../../../runbook/front-matter/configuration.ts';

/** What is saved; what nothing is written of is not known. */
export interface Saved {
  /** Below zero where the runs took longer than the page says of doing it by hand. */
  readonly ms?: number;
  readonly money?: Rate;
}

/**
 * Of the runs that succeeded: the page's `manual-estimate` for each, less what was worked in it. Money is that time at
 * the rate of the page's owner, else at the default one.
 */
export function savedTime(
  workMs: readonly number[],
  { manualEstimateMs, owner }: { readonly manualEstimateMs?: number; readonly owner?: string },
  rates: Readonly<Record<string, Rate>> = {},
): Saved {
  if (manualEstimateMs === undefined) return {};
  const ms = workMs.reduce((sum, work) => sum + manualEstimateMs - work, 0);
  const rate = personRate(owner, rates);
  if (rate === undefined) return { ms };
  const amount = Math.round((ms / 3_600_000) * rate.amount * 100) / 100;
  return { ms, money: { amount, currency: rate.currency } };
}

/** What an hour of the people costs who own a page. */
export function personRate(
  owner: string | undefined,
  rates: Readonly<Record<string, Rate>> = {},
): Rate | undefined {
  return (owner !== undefined && Object.hasOwn(rates, owner) ? rates[owner] : undefined) ?? rates.default;
}
