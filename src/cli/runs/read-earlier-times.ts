// Owns reading what earlier runs of a page took, beside a run that goes on: bounded, and never all at once.
import { statSync } from 'node:fs';
import { setImmediate as letOthersGo } from 'node:timers/promises';
import type { Address } from '../../basics/address.ts';
import { readJournal } from '../../engine/journal/read-journal.ts';
import type { ListedRun, RunStore } from '../../engine/journal/run-store.ts';
import type { RunSummary } from '../../engine/journal/run-summary.ts';
import { readPlan } from '../../engine/record/read-plan.ts';
import type { RecordedEvent } from '../../run/event.ts';
import type { Plan, PlanItem } from '../../run/plan.ts';
import type { EarlierTimes } from '../../run/surface.ts';
import { statisticsOfItems } from '../../surfaces/reports/statistics/run-statistics.ts';

/** How many of the newest runs are looked through for those of the page, and how many of those are read. */
const lookBack = 400;
const mostRead = 20;
/** A longer journal is that of a run with thousands of attempts, and would hold up a key. */
const longestJournal = 1_000_000;
/** So many summaries are read before others have their turn. */
const atOnce = 20;

interface EarlierRun {
  readonly history: readonly RecordedEvent[];
  /** What it ran that this run would run as well. */
  readonly same: ReadonlySet<Address>;
}

/**
 * What the newest runs of the page before this one took. Only what a run ran that is still the same counts, by its code.
 * Runs that cannot be read any more are left out.
 */
export async function readEarlierTimes(
  store: RunStore,
  run: Pick<RunSummary, 'id' | 'runbook' | 'startedAt'>,
  plan: Plan,
): Promise<EarlierTimes> {
  const found: EarlierRun[] = [];
  let looked = 0;
  for (const other of store.newest(lookBack)) {
    if (++looked % atOnce === 0) await letOthersGo();
    if (!isEarlier(other, run)) continue;
    const read = readRun(other, plan);
    if (read === undefined) continue;
    found.push(read);
    if (found.length === mostRead) break;
    await letOthersGo();
  }
  const statistics = statisticsOfItems(
    plan,
    found.map(({ history }) => history),
    (address, index) => found[index]?.same.has(address) === true,
  );
  return new Map(
    statistics.flatMap(({ address, took }) =>
      took === undefined ? [] : [[address, { medianMs: took.medianMs, count: took.count }] as const],
    ),
  );
}

function isEarlier(
  { id, summary }: ListedRun,
  run: Pick<RunSummary, 'id' | 'runbook' | 'startedAt'>,
): boolean {
  if (summary === undefined || id === run.id || summary.rehearsed === true) return false;
  return summary.runbook === run.runbook && summary.startedAt <= run.startedAt;
}

function readRun({ folder }: ListedRun, plan: Plan): EarlierRun | undefined {
  try {
    if (statSync(folder.journal).size > longestJournal) return undefined;
    const { events } = readJournal(folder.journal);
    const before = readPlan(folder, events);
    return before.ok ? { history: events, same: sameItems(before.value, plan, events) } : undefined;
  } catch {
    return undefined;
  }
}

/** What both plans hold as the same, and nobody changed in the run. */
function sameItems(before: Plan, now: Plan, history: readonly RecordedEvent[]): ReadonlySet<Address> {
  const items = new Map(before.items.map((item) => [item.address, item]));
  const edited = new Set(
    history.flatMap(({ event }) => (event.type === 'CommandEdited' ? [event.address] : [])),
  );
  return new Set(
    now.items.flatMap((item) => {
      const other = items.get(item.address);
      return other !== undefined && !edited.has(item.address) && isSame(other, item) ? [item.address] : [];
    }),
  );
}

function isSame(before: PlanItem, now: PlanItem): boolean {
  if (before.kind !== 'block' || now.kind !== 'block')
    return before.kind === now.kind && before.stepTitle === now.stepTitle;
  return before.code === now.code && before.language === now.language;
}
