// Owns `runsheet resume`: taking up a run that was paused, killed or has failed.
import { type ResumeOptions, resumeSession } from '../resume-session.ts';

export function resume(name: string | undefined, options: ResumeOptions): Promise<number> {
  return resumeSession(name, options, {
    fits: ({ summary }) => summary !== undefined && summary.status !== 'ended',
    noneFits: (all) => {
      const failed = all.find(({ summary }) => summary?.outcome === 'failed');
      return {
        message: 'no run is paused or was cut short',
        ...(failed && {
          help: `run \`${failed.id}\` has failed: \`runsheet resume ${failed.id}\` takes it up where it did`,
        }),
      };
    },
    refuse: (state) => {
      if (state.lifecycle !== 'ended') return undefined;
      if (state.outcome === 'succeeded') return 'it has succeeded; there is nothing left to do';
      if (state.outcome === 'rolled-back') return 'it was rolled back; run the runbook anew';
      return undefined;
    },
  });
}
