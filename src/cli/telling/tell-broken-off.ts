// Owns finding runs whose process ended without a word: the next command that looks has their channels told.
import { errorMessage } from '../../basics/coded-error.ts';
import { systemErrorCode } from '../../engine/files/file-operations.ts';
import { JournalWriteFailure } from '../../engine/journal/journal-write-failure.ts';
import type { RunStore } from '../../engine/journal/run-store.ts';
import { writeMessage } from '../write-result.ts';

/** Records of each run that broke off lately, and tells whom its runbook says, once; a failure is told and no more. */
export async function tellBrokenOff(store: RunStore): Promise<void> {
  for (const run of store.notEnded()) {
    const { folder, summary } = run;
    if (summary?.status !== 'open' || store.isLive(folder) || !store.hasBegun(folder)) continue;
    if (store.goesOnElsewhere(folder)) continue;
    try {
      const { tellOfBreak } = await import('./tell-of-break.ts');
      await tellOfBreak(run);
    } catch (error) {
      if (!(error instanceof JournalWriteFailure) && systemErrorCode(error) === undefined) throw error;
      writeMessage(`note: run ${run.id} was interrupted, and nobody could be told: ${errorMessage(error)}\n`);
    }
  }
}
