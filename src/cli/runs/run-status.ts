// Owns the one word for how a run stands, as lists show it.
import type { ListedRun, RunStore } from '../../engine/journal/run-store.ts';

/** How a run stands: a run that says it is open and that nobody works on was interrupted. */
export function runStatus(store: RunStore, { folder, summary }: ListedRun): string {
  if (!summary) return 'unreadable';
  if (summary.status !== 'ended' && store.goesOnElsewhere(folder)) return 'handed over';
  if (summary.status === 'open') {
    if (store.isLive(folder)) return 'running';
    if (store.hasBegun(folder)) return 'interrupted';
    return store.hasLostJournal(folder) ? 'unreadable' : 'never begun';
  }
  return summary.status === 'ended' ? (summary.outcome ?? 'ended') : summary.status;
}
