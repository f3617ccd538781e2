// Owns what is still to be done for a run that is over: its results in the document, its end in the lists of runs.
import { isDeepStrictEqual } from 'node:util';
import { errorMessage } from '../../basics/coded-error.ts';
import { mendTornFile } from '../../engine/disk/write-in-place.ts';
import { systemErrorCode } from '../../engine/files/file-operations.ts';
import type { RunFolder } from '../../engine/journal/run-folder.ts';
import type { ListedRun, RunStore } from '../../engine/journal/run-store.ts';
import { type RunSummary, summaryAfter } from '../../engine/journal/run-summary.ts';
import { lastSeal } from '../../engine/record/check-record.ts';
import { lastSigned } from '../../engine/record/sign-record.ts';
import { isOverForGood, type RunState } from '../../run/state.ts';
import { loadRunbook } from '../load/load-runbook.ts';
import { signEnd } from '../load/sign-end.ts';
import { complain } from '../report-diagnostics.ts';
import { openDocument, sealOf, writeDocument } from './document-of-run.ts';
import type { OpenedRun } from './open-run.ts';

/** Takes away the states of the shells of a run in which nothing will run again; says where that is refused. */
export function forgetStates(store: RunStore, folder: RunFolder, state: RunState): void {
  if (!isOverForGood(state)) return;
  try {
    store.forgetStates(folder);
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    complain(`what its shells held is still kept in \`${folder.state}\`: ${errorMessage(error)}`);
  }
}

/** What came of completing a run; `failed` after saying why. */
export type Completed = 'nothing-missing' | 'completed' | 'failed';

/**
 * Completes a run that has ended but was killed, or could not write, before its document was up to date. The results of
 * a later run are never put back.
 */
export async function completeEnded(
  store: RunStore,
  { id, folder, summary }: ListedRun,
  { plan, state, history, journal }: Pick<OpenedRun, 'plan' | 'state' | 'history' | 'journal'>,
): Promise<Completed> {
  if (state.lifecycle !== 'ended' || !summary) return 'nothing-missing';
  forgetStates(store, folder, state);
  const newest = store
    .list()
    .find((other) => other.summary?.runbook === summary.runbook && store.hasBegun(other.folder));
  mendTornFile(summary.runbook);
  const current = newest?.id === id ? loadRunbook(summary.runbook) : undefined;
  let completed = false;
  let seal = lastSeal(history);
  if (current?.file && current.runbook) {
    const { writer } = openDocument({
      folder,
      plan,
      options: state.options,
      file: current.file,
      runbook: current.runbook,
      history,
      record: (event) => journal.append([event]),
      tellOfChanges: false,
    });
    const report = await writeDocument(writer);
    const sealed = sealOf(report);
    if (!report.problem && !isDeepStrictEqual(sealed, seal)) {
      journal.append([sealed]);
      seal = sealed;
    }
    await journal.sync();
    if (report.problem) {
      complain(`the results are not in the document: ${report.problem.message}`, report.problem.help);
      return 'failed';
    }
    const now = loadRunbook(summary.runbook).file;
    completed = now !== undefined && Buffer.compare(now.bytes, current.file.bytes) !== 0;
  }
  const { seq: records, hash } = journal.end;
  if (lastSigned(folder) !== records && !(await signEnd({ folder, summary, journal }))) return 'failed';
  if (summary.status !== 'ended' || summary.end?.records !== records) {
    const last = history.reduce<RunSummary | undefined>(
      (known, { event, at }) => summaryAfter(summary, event, at) ?? known,
      undefined,
    );
    if (last) store.updateSummary(folder, { ...last, end: { records, hash } });
    completed ||= summary.status !== 'ended';
  }
  return completed ? 'completed' : 'nothing-missing';
}
