// Owns giving a command to a run from another process, whether it goes on or rests.
import { errorMessage } from '../../basics/coded-error.ts';
import { systemErrorCode } from '../../engine/files/file-operations.ts';
import type { PostedCommand } from '../../engine/inbox/posted-command.ts';
import { postCommand, type RemoteAnswer, takeAll } from '../../engine/inbox/remote-command.ts';
import { JournalWriteFailure } from '../../engine/journal/journal-write-failure.ts';
import type { ListedRun, RunStore } from '../../engine/journal/run-store.ts';
import { asResting } from '../../run/answers/open-question.ts';
import type { RunCommand } from '../../run/command.ts';
import { decide } from '../../run/decide.ts';
import type { RecordedEvent, RunEvent } from '../../run/event.ts';
import { evolve } from '../../run/evolve.ts';
import { exitCode } from '../exit-code.ts';
import { complain } from '../report-diagnostics.ts';
import { completeEnded } from '../session/complete-ended.ts';
import { openRun } from '../session/open-run.ts';
import { systemClock } from '../system-clock.ts';
import { tellAtRest } from './tell-at-rest.ts';

/** The exit code, after saying why a command was not taken; undefined where it was. */
export function whyNotTaken(run: ListedRun, given: number | RemoteAnswer): number | undefined {
  if (typeof given === 'number') return given;
  if (given === 'taken') return undefined;
  if (given !== 'unreachable') {
    complain(given.message);
    return exitCode.usage;
  }
  complain(
    `run \`${run.id}\` did not answer; nothing was recorded`,
    'try again, or look at the process that runs it',
  );
  return exitCode.failed;
}

/** Gives a command to a run, and says what came of it: an exit code where the system has refused it, which was said. */
export type GiveToRun = (
  store: RunStore,
  run: ListedRun,
  command: PostedCommand,
) => Promise<number | RemoteAnswer>;

/**
 * Gives a command to a run: to the process that works on it, else into its journal. Where the system refuses it, the
 * exit code after saying so.
 */
export async function giveToRun(
  store: RunStore,
  run: ListedRun,
  command: PostedCommand,
): Promise<number | RemoteAnswer> {
  try {
    return await give(store, run, command);
  } catch (error) {
    if (!(error instanceof JournalWriteFailure) && systemErrorCode(error) === undefined) throw error;
    complain(
      `run \`${run.id}\` could not be answered: ${errorMessage(error)}`,
      '`runsheet show` tells what is recorded; then try again',
    );
    return exitCode.failed;
  }
}

/** Leaves the answer with the run; where nobody works on it, this process takes it for the run. */
async function give(store: RunStore, run: ListedRun, command: PostedCommand): Promise<number | RemoteAnswer> {
  const { folder } = run;
  const posted = postCommand(folder.path, command);
  if (!store.isLive(folder)) {
    const taken = await takeForResting(store, run);
    if (taken !== undefined) {
      posted.withdraw();
      return taken;
    }
  }
  return posted.answer();
}

/** Takes all that was left with a run that rests into its journal; an exit code where it cannot be opened. */
async function takeForResting(store: RunStore, run: ListedRun): Promise<number | undefined> {
  const opened = openRun(run);
  if (!opened.ok) return opened.error;
  const { lock, journal, plan, state: before, history } = opened.value;
  let state = before;
  const taken: RecordedEvent[] = [];
  const record = (...events: readonly RunEvent[]): void => {
    for (const recorded of journal.append(events)) {
      state = evolve(state, recorded);
      taken.push(recorded);
    }
  };
  const take = (command: RunCommand) => {
    const decision = decide(command.type === 'AnswerQuestion' ? asResting(state) : state, command);
    if (decision.ok) {
      record(...decision.value);
      return undefined;
    }
    const { events = [], ...rejection } = decision.error;
    record(...events);
    return rejection;
  };
  try {
    await takeAll(run.folder.path, { take, record, now: systemClock.now, tellUnreachable: () => {} });
    await journal.sync();
    if (taken.length > 0) await tellAtRest({ journal, state: before, history }, taken);
    if (state.lifecycle !== 'ended') return undefined;
    // What cannot be completed now was said, and is completed by `resume`: the end of the run is recorded.
    await completeEnded(store, run, { plan, state, history: [...history, ...taken], journal });
    return undefined;
  } finally {
    journal.close();
    lock.release();
  }
}
