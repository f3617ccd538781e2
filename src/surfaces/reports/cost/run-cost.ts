// Owns what runs cost, of machines and of people, and what the same would have cost by hand.
import type { Rate } from '../../../runbook/front-matter/configuration.ts';
import type { TimeSpent } from '../course/course-of-run.ts';

/** How long processes have worked on a run, as their workers saw them begin and end, start-up included. */
export interface MachineTime {
  readonly ms: number;
  /** False where somebody has not seen all of it. */
  readonly isWhole: boolean;
}

/** What an hour costs. */
export interface CostRates {
  readonly person?: Rate;
  readonly machine?: Rate;
}

/** A time, and what it costs in each currency; without a rate that is not known. */
export interface Cost {
  readonly ms: number;
  readonly money?: readonly Rate[];
}

/** What one run has cost, or several. */
export interface RunCost {
  readonly runs: number;
  /** Of processes that worked on them; `atLeast` where they were there for longer than anybody has measured. */
  readonly machines: Cost & { readonly atLeast?: true };
  /** Of what people did by hand in them; what they waited for is no work. */
  readonly people: Cost;
  /** What doing the same by hand would have cost; absent where no page says. */
  readonly byHand?: Cost & { readonly runs: number };
}

/** What is known of a run whose cost is asked for. */
export interface CostedRun {
  readonly spent: TimeSpent;
  /** Absent where no worker tells of it, as of a run at a terminal. */
  readonly machine?: MachineTime;
  /** `manual-estimate` of its page. */
  readonly manualEstimateMs?: number;
  /** By hand as well it would have been for nothing. */
  readonly isInVain?: boolean;
}

/**
 * Of one run. Its journal does not say how long a process took to start, so that what it says of its stretches is the
 * least that it can be; where workers have seen more, that counts.
 */
export function costOfRun(run: CostedRun, { person, machine }: CostRates): RunCost {
  const { spent, manualEstimateMs, isInVain } = run;
  const recorded = spent.work + spent.people + spent.approval + spent.waiting;
  const seen = run.machine?.ms ?? 0;
  const isWhole = run.machine?.isWhole === true && seen >= recorded;
  return {
    runs: 1,
    machines: { ...costOf(Math.max(seen, recorded), machine), ...(!isWhole && { atLeast: true }) },
    people: costOf(spent.people, person),
    ...(manualEstimateMs !== undefined &&
      isInVain !== true && { byHand: { ...costOf(manualEstimateMs, person), runs: 1 } }),
  };
}

/** What a time costs at a rate. */
export function costOf(ms: number, rate: Rate | undefined): Cost {
  if (rate === undefined) return { ms };
  return { ms, money: [{ amount: inMillionths((ms / 3_600_000) * rate.amount), currency: rate.currency }] };
}

/** Of all of them together. Where the money of one is not known, that of all is not. */
export function sumOfCosts(costs: readonly RunCost[]): RunCost {
  return costs.reduce(addCosts, { runs: 0, machines: { ms: 0, money: [] }, people: { ms: 0, money: [] } });
}

function addCosts(left: RunCost, right: RunCost): RunCost {
  const byHand =
    left.byHand && right.byHand
      ? { ...addCost(left.byHand, right.byHand), runs: left.byHand.runs + right.byHand.runs }
      : (left.byHand ?? right.byHand);
  return {
    runs: left.runs + right.runs,
    machines: {
      ...addCost(left.machines, right.machines),
      ...((left.machines.atLeast ?? right.machines.atLeast) && { atLeast: true }),
    },
    people: addCost(left.people, right.people),
    ...(byHand && { byHand }),
  };
}

function addCost(left: Cost, right: Cost): Cost {
  const ms = left.ms + right.ms;
  if (left.money === undefined || right.money === undefined) return { ms };
  const sums = new Map(left.money.map(({ amount, currency }) => [currency, amount]));
  for (const { amount, currency } of right.money)
    sums.set(currency, inMillionths((sums.get(currency) ?? 0) + amount));
  return { ms, money: [...sums].map(([currency, amount]) => ({ amount, currency })) };
}

/** So that a sum shows no error of binary fractions. */
const inMillionths = (amount: number): number => Math.round(amount * 1e6) / 1e6;

/** By the month in which they began, `2026-11` in UTC, newest first. */
export function costByMonth(
  runs: readonly { readonly startedAt: string; readonly cost: RunCost }[],
): readonly { readonly month: string; readonly cost: RunCost }[] {
  const months = new Map<string, RunCost>();
  for (const { startedAt, cost } of runs) {
    const month = new Date(startedAt).toISOString().slice(0, 7);
    const known = months.get(month);
    months.set(month, known === undefined ? cost : addCosts(known, cost));
  }
  return [...months]
    .map(([month, cost]) => ({ month, cost }))
    .toSorted((left, right) => (left.month < right.month ? 1 : -1));
}

/** What the workers of a server had to give in a month that no run took. */
export interface IdleTime extends Cost {
  /** `2026-11`, UTC. */
  readonly month: string;
  /** Runs that have begun in it: each has its share. */
  readonly runs: number;
}
