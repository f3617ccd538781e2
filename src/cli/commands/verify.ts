// Owns `runsheet verify`: whether a journal is whole and unaltered.
import { readJournal } from '../../engine/journal/read-journal.ts';
import { exitCode } from '../exit-code.ts';
import { findRun } from '../load/find-run.ts';
import { openRunStore } from '../load/open-run-store.ts';
import { complain } from '../report-diagnostics.ts';
import { writeResult } from '../write-result.ts';

/** What `runsheet verify` was given beside the run. */
export interface VerifyOptions {
  readonly stateDir?: string;
}

/** Says whether the journal of a run is whole and unaltered; gives the exit code. */
export async function verify(name: string | undefined, options: VerifyOptions): Promise<number> {
  const store = openRunStore(options.stateDir);
  const found = findRun(store, name);
  if (!found.ok) return found.error;
  const { id, folder, summary } = found.value;
  const { events, state, end } = readJournal(folder.journal);
  switch (state.type) {
    case 'whole':
      // Every record that is left holds; that the last ones are gone only the run's summary can tell.
      if (summary?.status === 'ended' && !events.some(({ event }) => event.type === 'RunEnded')) {
        complain(
          `${id}: the run has ended, but its journal does not say so: the last records are gone, after ${events.length} that hold`,
        );
        return exitCode.failed;
      }
      writeResult(`${id}: ${events.length} records, whole and unaltered; last hash ${end.hash}\n`);
      return exitCode.succeeded;
    case 'torn':
      writeResult(`${id}: ${events.length} records, whole; the last write was torn (${state.bytes} bytes)\n`);
      return exitCode.succeeded;
    case 'corrupt':
      complain(`${id}: line ${state.line} ${state.reason}; the ${events.length} records before it hold`);
      return exitCode.failed;
  }
}
