// Owns `runsheet rollback`: undoing what a run did, also long after it ended.
import { currentActor } from '../actor.ts';
import { type ResumeOptions, resumeSession } from '../resume-session.ts';

export function rollback(name: string | undefined, options: ResumeOptions): Promise<number> {
  return resumeSession(name, options, {
    fits: ({ summary }) => summary !== undefined && summary.outcome !== 'rolled-back',
    refuse: (state) => (state.outcome === 'rolled-back' ? 'it was rolled back already' : undefined),
    // A rollback that broke off goes on by itself once the run is open.
    command: (state) =>
      state.rollback ? undefined : { type: 'RequestRollback', by: currentActor(process.env) },
  });
}
