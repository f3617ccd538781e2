// Owns `runsheet rollback`: undoing what a run did, also long after it ended.
import { currentActor } from '../current-actor.ts';
import { exitCode } from '../exit-code.ts';
import { type ResumeOptions, resumeSession } from '../session/resume-session.ts';

/** Exit 0 says that everything was undone: that is what was asked for here. */
export async function rollback(name: string | undefined, options: ResumeOptions): Promise<number> {
  const code = await resumeSession(name, options, {
    fits: ({ summary }) => summary !== undefined && summary.outcome !== 'rolled-back',
    refuse: (state) => (state.outcome === 'rolled-back' ? 'it has already been rolled back' : undefined),
    rollsBack: true,
    // A rollback that broke off goes on by itself once the run is open.
    command: (open) => (open.rollback ? undefined : { type: 'RequestRollback', by: currentActor() }),
  });
  return code === exitCode.rolledBack ? exitCode.succeeded : code;
}
