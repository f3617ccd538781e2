// Owns all that several runs of one runbook come to.
import type { Address } from '../../../basics/address.ts';
import type { RecordedEvent } from '../../../run/event.ts';
import type { Plan } from '../../../run/plan.ts';
import type { Rate } from '../../../runbook/front-matter/configuration.ts';
import {
  type Cost,
  type CostRates,
  costByMonth,
  costOfRun,
  type MachineTime,
  type RunCost,
  sumOfCosts,
} from '../cost/run-cost.ts';
import { courseOfRun, timeSpent, waitOf, workOf } from '../course/course-of-run.ts';
import { proofOfRun } from './proof-of-run.ts';
import {
  type ItemStatistics,
  type ListedOutcome,
  type RunStatistics,
  statisticsOfItems,
  statisticsOfRuns,
} from './run-statistics.ts';
import { personRate, type Saved, savedTime } from './saved-time.ts';

/** One run with its journal. */
export interface ReadRun extends ListedOutcome {
  readonly history: readonly RecordedEvent[];
  /** As its workers saw it. */
  readonly machine?: MachineTime;
}

/** What is told of one runbook; its plan is that of its newest run. */
export interface RunbookStatistics extends RunStatistics {
  readonly runbook: string;
  readonly title: string;
  readonly owner?: string;
  readonly firstStartedAt: string;
  readonly lastStartedAt: string;
  /** The newest run that has ended. */
  readonly newest?: { readonly succeeded: boolean; readonly at: string };
  readonly estimateMs?: number;
  readonly manualEstimateMs?: number;
  readonly saved: Saved;
  /** How long all of its runs have waited for people: no machine worked then, and nobody did. */
  readonly waitedMs: number;
  /** Its share of the time in which workers of a server had no run; absent where none has had a run of it. */
  readonly idle?: Cost;
  /** Of all of its runs. */
  readonly cost: RunCost;
  /** By the month in which they began, newest first. */
  readonly months: readonly { readonly month: string; readonly cost: RunCost }[];
  readonly items: readonly ItemStatistics[];
  /** By how often they failed, those that never did left out. */
  readonly mostFailing: readonly Address[];
  /** Parts of the plan that no run came to. */
  readonly neverRun: readonly Address[];
  /** Runs came to them, and none ran them. */
  readonly alwaysSkipped: readonly Address[];
}

/** Counts the runs of one runbook, newest first; at least one. */
export function statisticsOfRunbook(
  runbook: string,
  runs: readonly [ReadRun, ...ReadRun[]],
  plan: Plan,
  rates: Readonly<Record<string, Rate>> | undefined,
  machineRate?: Rate,
): RunbookStatistics {
  const { title, owner, estimateMs, manualEstimateMs } = plan;
  const person = personRate(owner, rates);
  const hourly: CostRates = { ...(person && { person }), ...(machineRate && { machine: machineRate }) };
  const measured = runs.map((run) => {
    const proof = proofOfRun(run.history);
    const spent = timeSpent(courseOfRun(run.history));
    return {
      ...run,
      spent,
      cost: costOfRun(
        {
          spent,
          isInVain: run.outcome !== 'succeeded',
          ...(run.machine && { machine: run.machine }),
          ...(manualEstimateMs !== undefined && { manualEstimateMs }),
        },
        hourly,
      ),
      ...(proof && { provenAt: run.endedAt ?? proof.at }),
    };
  });
  const good = measured.filter(({ outcome }) => outcome === 'succeeded');
  const items = statisticsOfItems(
    plan,
    runs.map(({ history }) => history),
  );
  const newest = runs.find(({ status }) => status === 'ended');
  return {
    runbook,
    title,
    ...(owner !== undefined && { owner }),
    firstStartedAt: runs.at(-1)?.startedAt ?? runs[0].startedAt,
    lastStartedAt: runs[0].startedAt,
    ...(newest && {
      newest: { succeeded: newest.outcome === 'succeeded', at: newest.endedAt ?? newest.startedAt },
    }),
    ...statisticsOfRuns(measured),
    ...(estimateMs !== undefined && { estimateMs }),
    ...(manualEstimateMs !== undefined && { manualEstimateMs }),
    saved: savedTime(
      good.map(({ spent }) => workOf(spent)),
      plan,
      rates,
    ),
    waitedMs: measured.reduce((sum, { spent }) => sum + waitOf(spent), 0),
    cost: sumOfCosts(measured.map(({ cost }) => cost)),
    months: costByMonth(measured),
    items,
    mostFailing: items
      .filter(({ failed }) => failed > 0)
      .toSorted((left, right) => right.failed - left.failed)
      .map(({ address }) => address),
    neverRun: items.filter(({ ran, passedOver }) => ran + passedOver === 0).map(({ address }) => address),
    alwaysSkipped: items
      .filter(({ ran, passedOver }) => ran === 0 && passedOver > 0)
      .map(({ address }) => address),
  };
}
