// Owns taking up a run that exists: its lock, its journal, its state as replayed.
import type { RunId } from '../../basics/address.ts';
import { errorMessage, isCodedError } from '../../basics/coded-error.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import { stateFileOperations } from '../../engine/files/write-state-file.ts';
import type { BoundedJournal } from '../../engine/journal/bounded-journal.ts';
import { continueJournal } from '../../engine/journal/continue-journal.ts';
import { JournalCorruption, recoverJournal } from '../../engine/journal/recover-journal.ts';
import type { RunFolder } from '../../engine/journal/run-folder.ts';
import type { ListedRun } from '../../engine/journal/run-store.ts';
import { type ProcessLock, takeLock } from '../../engine/processes/process-lock.ts';
import { checkCopy, checkStates } from '../../engine/record/check-copy.ts';
import { readPlan } from '../../engine/record/read-plan.ts';
import { readSnapshot } from '../../engine/shells/saved/save-snapshot.ts';
import type { RecordedEvent } from '../../run/event.ts';
import { evolve, initialState } from '../../run/evolve.ts';
import type { SavedState } from '../../run/files/saved-state.ts';
import type { Plan } from '../../run/plan.ts';
import { isOverForGood, type RunState } from '../../run/state.ts';
import { exitCode } from '../exit-code.ts';
import { complain } from '../report-diagnostics.ts';
import { lostJournal } from '../runs/lost-journal.ts';
import { whyElsewhere } from '../runs/why-elsewhere.ts';
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

/** What is said of a run that another process has; whoever has started this one can tell it by that. */
export const goingOn = 'is going on in process';

/**
 * Opens a run that no living process works on, or says why not; the caller releases the lock. One that was handed over
 * goes on elsewhere, and is opened only where that is asked for.
 */
export function openRun(
  { id, folder }: ListedRun,
  { evenElsewhere = false }: { readonly evenElsewhere?: boolean } = {},
): Result<OpenedRun, number> {
  const attempt = takeLock(folder.path);
  if (!attempt.ok) {
    const { process, certain, file } = attempt.holder;
    const where = process.host === '' ? '' : ` on ${process.host}`;
    complain(
      `run \`${id}\` ${goingOn} ${process.pid}${where}`,
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
    const elsewhere = evenElsewhere ? undefined : whyElsewhere(folder);
    if (elsewhere !== undefined) return giveUp(elsewhere.message, elsewhere.help);
    const { events, end, cut } = recoverJournal(folder.journal);
    if (cut)
      writeMessage(
        `note: the last write to the journal was torn; ${cut.bytes} bytes of it are kept in ${cut.keptIn}\n`,
      );
    if (events.length === 0)
      return giveUp(
        `run \`${id}\` was interrupted before its first event; nothing was run`,
        'start it again',
      );
    const plan = readPlan(folder, events);
    if (!plan.ok) return giveUp(...altered(id, plan.error));
    const state = events.reduce(evolve, initialState(plan.value));
    const other = firstAltered(folder, events, state);
    if (other !== undefined) return giveUp(...altered(id, other));
    const journal = continueJournal(folder.journal, end, { now: systemClock.now });
    return ok({ lock: attempt.lock, journal, plan: plan.value, state, history: events });
  } catch (error) {
    if (error instanceof JournalCorruption)
      return giveUp(error.message, '`runsheet show` prints what can still be read');
    if (!isCodedError(error)) {
      attempt.lock.release();
      throw error;
    }
    const { code, message, path } = error;
    if (code === 'ENOENT' && path === folder.journal) {
      const lost = lostJournal(folder);
      return giveUp(lost.message, lost.help);
    }
    return giveUp(`cannot open run \`${id}\`: ${message}`);
  }
}

/** Nothing is run whose digest is not the recorded one. */
function altered(id: RunId, what: string): readonly [message: string, help: string] {
  return [
    `run \`${id}\` cannot be resumed: ${what}`,
    `\`runsheet verify ${id}\` says what else is not as it was recorded; put it back, or run the runbook again`,
  ];
}

/** In words, what the rest of the run would be made of and is another than was recorded: its runbook, its states. */
function firstAltered(
  folder: RunFolder,
  events: readonly RecordedEvent[],
  state: RunState,
): string | undefined {
  const files = stateFileOperations;
  const started = events.find(({ event }) => event.type === 'RunStarted')?.event;
  // What a run in which nothing will run again has left is taken away.
  const left = isOverForGood(state) ? [] : [state.shellState, ...Object.values(state.hostStates)];
  const states = left.filter((saved) => saved !== undefined);
  const kept = states.flatMap((saved) => ('file' in saved ? [saved] : []));
  const [flaw] = [
    ...(started?.type === 'RunStarted' ? checkCopy(files, folder, started) : []),
    ...kept.flatMap((saved) => checkStates(files, folder, [{ state: saved, whose: 'the run' }], false)),
  ].filter(({ type }) => type === 'damage');
  return flaw?.text ?? firstUnreadable(folder, states);
}

/** What shells have left is opened with a key that lies beside it. */
function firstUnreadable(folder: RunFolder, states: readonly SavedState[]): string | undefined {
  try {
    for (const saved of states) readSnapshot(folder.path, saved);
    return undefined;
  } catch (error) {
    if (isCodedError(error)) throw error;
    return errorMessage(error);
  }
}
