// Owns whether a run was interrupted on its way, so that somebody has to see to it before it is over.
import { readJournal } from '../../engine/journal/read-journal.ts';
import type { ListedRun, RunStore } from '../../engine/journal/run-store.ts';
import { type RunSummary, summaryAfter } from '../../engine/journal/run-summary.ts';
import type { RunEvent } from '../../run/event.ts';

const begins: ReadonlySet<RunEvent['type']> = new Set(['BlockStarted', 'BlockMarkedDone', 'ManualStepDone']);

/**
 * Its process ended without a word, behind the beginning of something and before the end of the run. Of one in which
 * nothing had begun, and of a rehearsal, nothing is in doubt; one may have ended and not have come to say so in the list.
 */
export function isInterrupted(store: RunStore, { folder, summary }: ListedRun): boolean {
  if (summary?.status !== 'open' || summary.rehearsed || store.isLive(folder) || !store.hasBegun(folder))
    return false;
  const { events } = readJournal(folder.journal);
  const last = events.reduce<RunSummary>(
    (known, { event, at }) => summaryAfter(known, event, at) ?? known,
    summary,
  );
  return last.status !== 'ended' && events.some(({ event }) => begins.has(event.type));
}
