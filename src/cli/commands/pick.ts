// Owns `runsheet` without any argument: picking a runbook of this folder, or a run that is open.
import { relative } from 'node:path';
import { findMarkdown } from '../../engine/disk/find-markdown.ts';
import { formatMoment } from '../../runbook/regions/format-duration.ts';
import { askOutsideRun, ownTerminal } from '../../surfaces/prompt/open-prompter.ts';
import type { Pick } from '../../surfaces/prompt/prompter.ts';
import { openRunStore } from '../load/open-run-store.ts';
import { isRunOf } from '../runs/is-run-of.ts';
import { runStatus } from '../runs/run-status.ts';
import { skimPages } from '../upkeep/skim-pages.ts';

/** What stands behind `runsheet` to do what was picked. */
export type PickedArguments = readonly string[];

/** Nothing to pick from, or nobody to pick; `left` where the person left instead. */
export type NotPicked = 'no-terminal' | 'nothing' | 'left';

/** Asks what is to be done here. */
export async function pick(options: { readonly stateDir?: string }): Promise<PickedArguments | NotPicked> {
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true) return 'no-terminal';
  const picks = [...openRuns(options.stateDir), ...(await runbooksHere())];
  if (picks.length === 0) return 'nothing';
  return askOutsideRun<PickedArguments | NotPicked>(ownTerminal(), 'left', ({ prompter, signal }) =>
    prompter.pick('Which runbook or run? (type to search; Ctrl-C leaves)', picks, signal),
  );
}

/** Runs of this folder that can be gone on with, newest first. */
function openRuns(stateDir: string | undefined): readonly Pick<PickedArguments>[] {
  const store = openRunStore(stateDir);
  const isOpen = ({ folder, summary }: ReturnType<typeof store.list>[number]) =>
    summary !== undefined &&
    summary.status !== 'ended' &&
    store.hasBegun(folder) &&
    !store.isLive(folder) &&
    !store.goesOnElsewhere(folder);
  return store
    .list()
    .filter((run) => isOpen(run) && isRunOf(process.cwd(), run))
    .map((run) => ({
      name: `resume ${run.id}`,
      note: `${run.summary?.title ?? ''}, ${runStatus(store, run)}, started ${formatMoment(run.summary?.startedAt ?? '')}`,
      value: ['resume', run.id],
    }));
}

async function runbooksHere(): Promise<readonly Pick<PickedArguments>[]> {
  // What cannot be read cannot be run either; `runsheet list` names it.
  const paths = findMarkdown('.', () => undefined);
  const pages = await skimPages(paths);
  return paths.flatMap((path, index) => {
    const page = pages[index];
    if (page === undefined) return [];
    const name = relative('.', path);
    return [
      {
        name,
        note: `${page.title}, ${page.steps} ${page.steps === 1 ? 'step' : 'steps'}`,
        value: ['run', '--', name],
      },
    ];
  });
}
