// Owns taking up a run that exists: its lock, its journal, its state as replayed.
import { isCodedError } from '../../basics/coded-error.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import type { BoundedJournal } from '../../engine/journal/bounded-journal.ts';
import { continueJournal } from '../../engine/journal/create-journal.ts';
import { JournalCorruption, recoverJournal } from '../../engine/journal/recover-journal.ts';
import type { ListedRun, RunStore } from '../../engine/journal/run-store.ts';
import { type ProcessLock, takeLock } from '../../engine/processes/process-lock.ts';
import type { RecordedEvent } from '../../run/event.ts';
import { evolve, initialState } from '../../run/evolve.ts';
import type { Plan } from '../../run/plan.ts';
import type { RunState } from '../../run/state.ts';
import { exitCode } from '../exit-code.ts';
import { complain } from '../report-diagnostics.ts';
import { systemClock } from '../system-clock.ts';
import { writeMessage } from '../write-result.ts';

/** A run that this process alone may go on with, as its journal tells it. */
export interface OpenedRun {
  readonly lock: ProcessLock;
  readonly journal: BoundedJournal;
  readonly plan: Plan;
  readonly state: RunState;
  readonly history: readonly RecordedEvent[];
}

/** Opens a run that no living process works on, or says why not; the caller releases the lock. */
export function openRun(store: RunStore, { id, folder }: ListedRun): Result<OpenedRun, number> {
  const attempt = takeLock(folder.path);
  if (!attempt.ok) {
    const { process, certain, file } = attempt.holder;
    const where = process.host === '' ? '' : ` on ${process.host}`;
    complain(
      `run \`${id}\` is going on in process ${process.pid}${where}`,
      certain ? 'watch it with `runsheet show --follow`' : `if that process is gone, remove \`${file}\``,
    );
    return fail(exitCode.usage);
  }
  const giveUp = (message: string, help?: string): Result<OpenedRun, number> => {
    attempt.lock.release();
    complain(message, help);
    return fail(exitCode.usage);
  };
  try {
    const plan = store.readPlan(folder);
    const { events, end, cut } = recoverJournal(folder.journal);
    if (cut)
      writeMessage(
        `note: the last write to the journal was torn; ${cut.bytes} bytes of it are kept in ${cut.keptIn}\n`,
      );
    if (events.length === 0)
      return giveUp(`run \`${id}\` broke off before its first event; nothing was run`, 'start it anew');
    const state = events.reduce(evolve, initialState(plan));
    const journal = continueJournal(folder.journal, end, { now: systemClock.now });
    return ok({ lock: attempt.lock, journal, plan, state, history: events });
  } catch (error) {
    if (error instanceof JournalCorruption)
      return giveUp(error.message, '`runsheet show` prints what can still be read');
    if (!isCodedError(error)) {
      attempt.lock.release();
      throw error;
    }
    const { code, message, path } = error;
    if (code === 'ENOENT' && path === folder.journal) {
      return giveUp(`run \`${id}\` broke off before its first event; nothing was run`, 'start it anew');
    }
    return giveUp(`cannot open run \`${id}\`: ${message}`);
  }
}
