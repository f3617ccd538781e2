// Owns what a user is told of a runbook before its first block: whether they know it, and what has changed.
import { readJournal } from '../../engine/journal/read-journal.ts';
import type { ListedRun, RunStore } from '../../engine/journal/run-store.ts';
import { readPlan } from '../../engine/record/read-plan.ts';
import { changedSettings } from '../../run/changes/changed-settings.ts';
import { compareLinked } from '../../run/changes/compare-linked.ts';
import { compareRunbooks } from '../../run/changes/compare-runbooks.ts';
import type { Plan } from '../../run/plan.ts';
import { parseOptionsOf, parseRunbook } from '../../runbook/parse-runbook.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import { decodeSource } from '../../text/source-file.ts';
import { digestOfRunbook } from '../load/digest-of-runbook.ts';

/** How many of the newest runs are looked through for one of this runbook by this user. */
const lookBack = 200;

/** Lines for the user, none when the runbook is as it was when they last ran it. */
export function familiarityLines(
  store: RunStore,
  path: string,
  { runbook, plan, digest }: { readonly runbook: Runbook; readonly plan: Plan; readonly digest: string },
  user: string,
): readonly string[] {
  const last = lastRunOf(store, path, user);
  if (last === undefined) return ['this runbook is new to you: you have not run it before'];
  try {
    const { events } = readJournal(last.folder.journal);
    const first = events[0]?.event;
    if (first?.type === 'RunStarted' && first.runbook.digest === digest) return [];
    const { source } = decodeSource(path, store.readRunbook(last.folder));
    const before = parseRunbook(source, parseOptionsOf(runbook)).runbook;
    const planned = readPlan(last.folder, events);
    const isOwn = digestOfRunbook(before) !== digestOfRunbook(runbook);
    const settings = planned.ok ? changedSettings(planned.value, plan) : [];
    const lines = [
      ...(isOwn ? compareRunbooks(before, runbook, settings).lines : []),
      ...(planned.ok ? compareLinked(planned.value, plan).lines : []),
    ];
    return lines.map((line) => line.replace(/ since(?=[:,]|$)/, ` since you last ran it (${last.id})`));
  } catch {
    // A run that cannot be read any more tells nothing; the runbook counts as new.
    return ['this runbook is new to you: your last run of it cannot be read any more'];
  }
}

function lastRunOf(store: RunStore, path: string, user: string): ListedRun | undefined {
  for (const run of store.newest(lookBack))
    if (run.summary?.runbook === path && run.summary.by.split('@', 1)[0] === user) return run;
  return undefined;
}
