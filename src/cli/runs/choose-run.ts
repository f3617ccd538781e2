// Owns which run is meant where a command that acts on one names none: one of this folder, or the one a person picks.
import { fail, ok, type Result } from '../../basics/result.ts';
import { requireSafeFolder } from '../../engine/files/require-safe-folder.ts';
import type { ListedRun, RunStore } from '../../engine/journal/run-store.ts';
import { formatMoment } from '../../runbook/regions/format-duration.ts';
import { askOutsideRun, ownTerminal } from '../../surfaces/prompt/open-prompter.ts';
import type { Pick } from '../../surfaces/prompt/prompter.ts';
import { exitCode } from '../exit-code.ts';
import { complain } from '../report-diagnostics.ts';
import { findRun, type NoneFits } from './find-run.ts';
import { isRunOf } from './is-run-of.ts';
import { runStatus } from './run-status.ts';

/** How a run is chosen where none is named. */
export interface RunChoice {
  readonly fits: (run: ListedRun) => boolean;
  /** What is said where none does. */
  readonly noneFits: ((all: readonly ListedRun[]) => NoneFits) | undefined;
  /** Of several of this folder, the newest is meant. */
  readonly takesNewest: boolean;
  /** Somebody can be asked. */
  readonly isGuided: boolean;
}

/** The run that `text` names, or without one the run that is meant here; complaints are printed. */
export async function chooseRun(
  store: RunStore,
  text: string | undefined,
  { fits, noneFits, takesNewest, isGuided }: RunChoice,
): Promise<Result<ListedRun, number>> {
  if (text !== undefined) return findRun(store, text);
  const all = store.list().filter(fits);
  if (all.length === 0) return findRun(store, text, fits, noneFits);
  const here = all.filter((run) => isRunOf(process.cwd(), run));
  const [newest] = here;
  if (newest !== undefined && (takesNewest || here.length === 1)) {
    requireSafeFolder(newest.folder.path);
    return ok(newest);
  }
  const candidates = here.length > 0 ? here : all;
  if (isGuided) return pickRun(store, candidates);
  const ids = candidates.slice(0, mostNamed).map(({ id }) => id);
  complain(
    here.length > 0
      ? `several runs of this folder can be meant: ${ids.join(', ')}`
      : 'no run of a runbook in this folder can be meant',
    here.length > 0
      ? 'give the id of one, or the start of it'
      : `give the id of one of another folder: ${ids.join(', ')}`,
  );
  return fail(exitCode.usage);
}

/** Of more, `runsheet runs` tells. */
const mostNamed = 5;

async function pickRun(
  store: RunStore,
  candidates: readonly ListedRun[],
): Promise<Result<ListedRun, number>> {
  const picks = candidates.map(
    (run): Pick<ListedRun> => ({
      name: run.id,
      note: [
        run.summary?.title ?? '',
        runStatus(store, run),
        formatMoment(run.summary?.startedAt ?? ''),
        run.summary?.runbook ?? '',
      ].join(', '),
      value: run,
    }),
  );
  const picked = await askOutsideRun<ListedRun | undefined>(
    ownTerminal(),
    undefined,
    ({ prompter, signal }) => prompter.pick('Which run? (type to search; Ctrl-C leaves)', picks, signal),
  );
  if (picked === undefined) return fail(exitCode.interrupted);
  requireSafeFolder(picked.folder.path);
  return ok(picked);
}
