// Owns the view of a run that is read from its folder, for pages that show a part of it.
import type { ListedRun, RunStore } from '../../engine/journal/run-store.ts';
import type { EventOf } from '../../run/event.ts';
import type { RunView } from '../../run/surface.ts';
import { runbookOfRun } from '../load/runbook-of-run.ts';
import type { ReadRun } from './read-run.ts';

/** With the run's own copy of the page; and how the run began. Undefined for one that has not begun. */
export function viewOfRun(
  store: RunStore,
  { folder }: ListedRun,
  { state, history, outputs }: ReadRun,
): { readonly view: RunView; readonly started: EventOf<'RunStarted'> } | undefined {
  const started = history.find(({ event }) => event.type === 'RunStarted')?.event;
  if (started?.type !== 'RunStarted') return undefined;
  const view: RunView = {
    runbook: runbookOfRun(started.runbook.path, store.readRunbook(folder)),
    plan: state.plan,
    state: () => state,
    readOutputTail: outputs.tail.bind(outputs),
  };
  return { view, started };
}
