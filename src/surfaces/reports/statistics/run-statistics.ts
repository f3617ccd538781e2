// Owns what several runs of one runbook say together: how they ended, and how its blocks did.
import type { Address } from '../../../basics/address.ts';
import type { RecordedEvent } from '../../../run/event.ts';
import type { Outcome } from '../../../run/outcomes.ts';
import type { Plan } from '../../../run/plan.ts';
import { type EventHandlers, handleSomeEvents } from '../../../view/event-handlers.ts';
import { millisecondsBetween } from '../../../view/words/format-time.ts';
import {
  courseOfRun,
  shortestWaitMs,
  type TimeSpan,
  type TimeSpent,
  waitOf,
  workOf,
} from '../course/course-of-run.ts';

/** What lists know of a run; times are ISO 8601. */
export interface ListedOutcome {
  readonly status: 'open' | 'paused' | 'ended';
  readonly outcome?: Outcome;
  readonly startedAt: string;
  readonly endedAt?: string;
  /** What its time went to; absent where its journal was not read. */
  readonly spent?: TimeSpent;
  /** When it ended, where it shows that the page works; see `proofOfRun`. */
  readonly provenAt?: string;
}

/** How long things took, in milliseconds. */
export interface Spread {
  /** How many were measured. */
  readonly count: number;
  /** The middle one, or the mean of the two in the middle. */
  readonly medianMs: number;
  /** Nine of ten took no longer. */
  readonly p90Ms: number;
  readonly longestMs: number;
}

/** How several runs of one runbook ended. */
export interface RunStatistics {
  readonly runs: number;
  /** Runs that are going on, rest, or were broken off. */
  readonly open: number;
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  /** Of the runs that succeeded, from their start to their end, pauses included. */
  readonly took?: Spread;
  /** Of the runs that succeeded: what was worked, by blocks and by hand; waits and pauses are apart. */
  readonly work?: Spread;
  readonly waits?: Spread;
  /** When the newest of the runs that succeeded ended, ISO 8601. */
  readonly lastSucceededAt?: string;
  /** The same of the runs that show that the page works. */
  readonly lastProvenAt?: string;
}

/** Counts how runs ended. */
export function statisticsOfRuns(runs: readonly ListedOutcome[]): RunStatistics {
  const outcomes: Partial<Record<Outcome, number>> = {};
  for (const { status, outcome } of runs)
    if (status === 'ended' && outcome !== undefined) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  const took = spreadOf(runs.flatMap((run) => (run.outcome === 'succeeded' ? (tookMsOf(run) ?? []) : [])));
  const good = runs.filter(({ outcome }) => outcome === 'succeeded');
  const spent = good.flatMap(({ spent: own }) => own ?? []);
  const work = spreadOf(spent.map(workOf));
  const waits = spreadOf(spent.map(waitOf));
  const lastSucceededAt = newestOf(good.map(({ endedAt }) => endedAt));
  const lastProvenAt = newestOf(runs.map(({ provenAt }) => provenAt));
  return {
    runs: runs.length,
    open: runs.filter(({ status }) => status !== 'ended').length,
    outcomes,
    ...(took && { took }),
    ...(work && { work }),
    ...(waits && { waits }),
    ...(lastSucceededAt !== undefined && { lastSucceededAt }),
    ...(lastProvenAt !== undefined && { lastProvenAt }),
  };
}

/** By the course of the run, where that is known: the clock may have been set between its start and its end. */
function tookMsOf({ spent, startedAt, endedAt }: ListedOutcome): number | undefined {
  if (endedAt === undefined) return undefined;
  if (spent !== undefined) return workOf(spent) + waitOf(spent);
  return endedAt < startedAt ? undefined : millisecondsBetween(startedAt, endedAt);
}

function newestOf(times: readonly (string | undefined)[]): string | undefined {
  return times
    .flatMap((at) => at ?? [])
    .toSorted()
    .at(-1);
}

/** How one item did in several runs. */
export interface ItemStatistics {
  readonly address: Address;
  readonly title: string;
  readonly phase: Plan['items'][number]['phase'];
  /** Runs in which it was started, or done by hand. */
  readonly ran: number;
  /** Runs in which an attempt at it failed, also where a later one passed. */
  readonly failed: number;
  /** Attempts beyond the first of each run. */
  readonly repeated: number;
  /** Runs in which it was passed over: its condition did not hold, somebody skipped it, or it was done already. */
  readonly passedOver: number;
  /** Of the attempts that passed, and of what people did. */
  readonly took?: Spread;
  /** In each run that came to it: for approvals and for the operator. */
  readonly waited?: Spread;
  readonly estimateMs?: number;
}

/**
 * What became of each block and manual step of a plan in several runs; of those that no run came to, all counts are zero.
 * What `counts` says no to is left out.
 */
export function statisticsOfItems(
  plan: Plan,
  histories: readonly (readonly RecordedEvent[])[],
  counts: (address: Address, run: number) => boolean = () => true,
): readonly ItemStatistics[] {
  const tallies = new Map<string, Tally>();
  histories.forEach((history, run) => {
    for (const span of courseOfRun(history))
      if (span.address !== undefined && counts(span.address, run)) countSpan(tallies, span, run);
    for (const { event } of history) {
      if (!(event.type in counters) || !('address' in event) || event.address === undefined) continue;
      if (!counts(event.address, run)) continue;
      handleSomeEvents(counters, event, tallyOf(tallies, event.address), run);
    }
  });
  return plan.items.flatMap((item): readonly ItemStatistics[] => {
    if (item.kind === 'runbook') return [];
    const tally = tallies.get(item.address) ?? emptyTally();
    const took = spreadOf([...tally.durationsMs, ...tally.byHandMs.values()]);
    const waited = spreadOf([...tally.waitedMs.values()]);
    return [
      {
        address: item.address,
        title: item.stepTitle,
        phase: item.phase,
        ran: tally.ran.size,
        failed: tally.failed.size,
        repeated: Math.max(0, tally.attempts - tally.started.size),
        passedOver: tally.passedOver.size,
        ...(took && { took }),
        ...(waited && { waited }),
        ...(item.estimateMs !== undefined && { estimateMs: item.estimateMs }),
      },
    ];
  });
}

/** What is counted of one item; runs are known by their number. */
interface Tally {
  readonly ran: Set<number>;
  readonly started: Set<number>;
  readonly failed: Set<number>;
  readonly passedOver: Set<number>;
  attempts: number;
  readonly durationsMs: number[];
  /** By run. */
  readonly byHandMs: Map<number, number>;
  readonly waitedMs: Map<number, number>;
}

const emptyTally = (): Tally => ({
  ran: new Set(),
  started: new Set(),
  failed: new Set(),
  passedOver: new Set(),
  attempts: 0,
  durationsMs: [],
  byHandMs: new Map(),
  waitedMs: new Map(),
});

function tallyOf(tallies: Map<string, Tally>, address: Address): Tally {
  const tally = tallies.get(address) ?? emptyTally();
  tallies.set(address, tally);
  return tally;
}

/** A wait shorter than is told counts as none. */
function countSpan(
  tallies: Map<string, Tally>,
  { kind, address, fromMs, toMs }: TimeSpan,
  run: number,
): void {
  if (address === undefined || kind === 'work' || kind === 'paused') return;
  const spentMs = toMs - fromMs;
  if (kind !== 'people' && spentMs < shortestWaitMs) return;
  const tally = tallyOf(tallies, address);
  const sums = kind === 'people' ? tally.byHandMs : tally.waitedMs;
  sums.set(run, (sums.get(run) ?? 0) + spentMs);
}

/** The events that count, and what of the tally they raise. */
const counters: Partial<EventHandlers<void, [tally: Tally, run: number]>> = {
  BlockStarted: (_event, tally, run) => {
    tally.ran.add(run);
    tally.started.add(run);
    tally.attempts++;
  },
  BlockPassed: ({ result }, tally) => {
    tally.durationsMs.push(result.durationMs);
  },
  BlockFailed: (_event, tally, run) => {
    tally.failed.add(run);
  },
  BackgroundEnded: ({ reason }, tally, run) => {
    if (reason !== undefined) tally.failed.add(run);
  },
  BlockSkipped: (_event, tally, run) => {
    tally.passedOver.add(run);
  },
  BlockAlreadyDone: (_event, tally, run) => {
    tally.passedOver.add(run);
  },
  BlockMarkedDone: (_event, tally, run) => {
    tally.ran.add(run);
  },
  ManualStepDone: (_event, tally, run) => {
    tally.ran.add(run);
  },
};

/** Undefined where there is nothing to measure. */
export function spreadOf(durationsMs: readonly number[]): Spread | undefined {
  const sorted = durationsMs.toSorted((left, right) => left - right);
  const longestMs = sorted.at(-1);
  if (longestMs === undefined) return undefined;
  const lower = sorted[(sorted.length - 1) >> 1] ?? longestMs;
  const upper = sorted[sorted.length >> 1] ?? longestMs;
  const p90Ms = sorted[Math.ceil(sorted.length * 0.9) - 1] ?? longestMs;
  return { count: sorted.length, medianMs: (lower + upper) / 2, p90Ms, longestMs };
}
