// Owns `runsheet resume`: taking up a run that was paused, killed or has failed.
import { openFailure, stoodAtFailure } from '../../run/rules/failure-effect.ts';
import { hasOpenItem } from '../../run/state.ts';
import { currentActor } from '../current-actor.ts';
import { openRunStore } from '../load/open-run-store.ts';
import { type ResumeOptions, resumeSession } from '../session/resume-session.ts';
import { leaveUndecided } from '../telling/leave-undecided.ts';
import { tellBrokenOff } from '../telling/tell-broken-off.ts';

/** Takes up a run again; gives the exit code. */
export async function resume(name: string | undefined, options: ResumeOptions): Promise<number> {
  const store = openRunStore(options.stateDir);
  await tellBrokenOff(store);
  return resumeSession(name, options, {
    fits: ({ summary }) => summary !== undefined && summary.status !== 'ended',
    noneFits: (all) => {
      const failed = all.find(
        ({ folder, summary }) => summary?.outcome === 'failed' && !store.goesOnElsewhere(folder),
      );
      return {
        message: 'no run is paused or interrupted',
        ...(failed && {
          help: `run \`${failed.id}\` has failed: \`runsheet resume ${failed.id}\` takes it up where it did`,
        }),
      };
    },
    refuse: (state) => {
      if (state.lifecycle !== 'ended') return undefined;
      if (state.outcome === 'succeeded') return 'it has succeeded; there is nothing left to do';
      if (state.outcome === 'rehearsed')
        return 'it was rehearsed to its end; run the runbook without `--rehearse`';
      if (state.outcome === 'rolled-back') return 'it was rolled back; run the runbook again';
      if (state.outcome === 'failed' && !hasOpenItem(state))
        return 'it continued after the failure to its end; nothing is left to run';
      return undefined;
    },
    rollsBack: false,
    leave: leaveUndecided,
    // With `--yes` nobody can be asked what is to become of a failure, and to stop there again cannot be meant.
    command: (open, before) => {
      const isTriedAgain = options.yes && before.options.servedBy === undefined && stoodAtFailure(before);
      const address = isTriedAgain ? openFailure(open) : undefined;
      const by = currentActor();
      return address && { type: 'DecideFailure', address, decision: 'retry', by };
    },
  });
}
