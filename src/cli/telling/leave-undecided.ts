// Owns leaving a run of a server as it is whose runbook has changed: what is to be decided stands in its record, and is
// asked where everything else is.
import { summaryAfter } from '../../engine/journal/run-summary.ts';
import { undecidedChange } from '../../run/answers/undecided-change.ts';
import type { RestingRun } from '../session/resume-session.ts';
import type { LeftAsItIs } from '../session/settle-changes.ts';
import { tellAtRest } from './tell-at-rest.ts';

/** Gives the exit code. What was asked already is not asked once more; a run of a terminal is left untouched. */
export async function leaveUndecided(
  { status, undecided }: LeftAsItIs,
  { store, listed, opened: { journal, state, history } }: RestingRun,
): Promise<number> {
  if (undecided === undefined || state.options.servedBy === undefined || state.lifecycle === 'ended')
    return status;
  if (state.pause?.change?.digest === undecided.digest) return status;
  const recorded = journal.append([undecidedChange(undecided)]);
  await tellAtRest({ journal, state, history }, recorded);
  await journal.sync();
  for (const { event, at } of recorded) {
    const summary = listed.summary && summaryAfter(listed.summary, event, at);
    if (summary !== undefined) store.updateSummary(listed.folder, summary);
  }
  return status;
}
