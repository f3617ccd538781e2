// Owns watching runs that rest, whoever has started them: that the time of a gate is over, and whom that is news for.
import { errorMessage } from '../../../basics/coded-error.ts';
import { systemErrorCode } from '../../../engine/files/file-operations.ts';
import { JournalWriteFailure } from '../../../engine/journal/journal-write-failure.ts';
import type { ListedRun, RunStore } from '../../../engine/journal/run-store.ts';
import type { RecordedEvent } from '../../../run/event.ts';
import { evolve } from '../../../run/evolve.ts';
import type { RunState } from '../../../run/state.ts';
import { dueAtRest } from '../../../run/telling/due-at-rest.ts';
import { gateEnds } from '../../../run/telling/gate-ends.ts';
import { readRun } from '../../history/read-run.ts';
import { openRun } from '../../session/open-run.ts';
import { tellAtRest } from '../../telling/tell-at-rest.ts';

/** What came due longer ago is no news to anybody. */
const freshMs = 24 * 3_600_000;
/** What could not be opened is tried again after so long. */
const retryMs = 60_000;
/** A run that a worker is about to take up at the end of its gate sees to that itself. */
const graceMs = 5_000;

interface Looked {
  /** How long its journal was. */
  readonly size: number;
  /** Nothing comes due before; in milliseconds since 1970. */
  readonly nextMs: number;
}

/** Looks at the runs of a state folder again and again, and reads only those in which something can have come due. */
export class RestingWatch {
  readonly #store: RunStore;
  readonly #tell: (line: string) => void;
  readonly #record: RecordDue;
  readonly #looked = new Map<string, Looked>();

  constructor(store: RunStore, tell: (line: string) => void, record: RecordDue = recordDue) {
    this.#store = store;
    this.#tell = tell;
    this.#record = record;
  }

  /** Records and tells what has come due by `now`, in milliseconds since 1970. */
  async look(now: number): Promise<void> {
    const there = new Set<string>();
    for (const run of this.#store.notEnded()) {
      there.add(run.id);
      if (this.#isAsBefore(run, now)) continue;
      try {
        const nextMs = await this.#lookAt(run, now);
        this.#looked.set(run.id, { size: this.#store.journalSize(run.folder), nextMs });
      } catch (error) {
        if (!(error instanceof JournalWriteFailure) && systemErrorCode(error) === undefined) throw error;
        this.#tell(`run ${run.id} could not be looked at: ${errorMessage(error)}`);
      }
    }
    for (const id of this.#looked.keys()) if (!there.has(id)) this.#looked.delete(id);
  }

  #isAsBefore(run: ListedRun, now: number): boolean {
    const { folder } = run;
    const looked = this.#looked.get(run.id);
    if (looked !== undefined && looked.nextMs > now && looked.size === this.#store.journalSize(folder))
      return true;
    return this.#store.isLive(folder) || !this.#store.hasBegun(folder) || this.#store.goesOnElsewhere(folder);
  }

  /** Gives when something comes due next. */
  async #lookAt(run: ListedRun, now: number): Promise<number> {
    const nextMs = nextDueOf(run, now);
    if (nextMs > now) return nextMs;
    if ((await this.#record(run, now, this.#tell)) === 'later') return now + retryMs;
    return nextDueOf(run, now);
  }
}

/** Has what has come due recorded in a run that rests, and told; `later` where that is not done yet. */
export type RecordDue = (
  run: ListedRun,
  now: number,
  tell: (line: string) => void,
) => Promise<'done' | 'later'>;

/** Records it here. Throws `JournalWriteFailure`, and the system's errors. */
export const recordDue: RecordDue = async (run, now, tell) => {
  const opened = openRun(run);
  // Somebody has taken it up just now, or it cannot be opened, which was said and is not said all the time.
  if (!opened.ok) return 'later';
  const { lock, journal, state: before, history } = opened.value;
  try {
    let state = before;
    const over = gateEnds(state).filter(({ endMs }) => endMs + graceMs <= now);
    const recorded = journal.append(over.map(({ event }) => event));
    for (const one of recorded) state = evolve(state, one);
    const due = dueAtRest([...history, ...recorded], state).filter(
      ({ dueMs }) => dueMs <= now && dueMs > now - freshMs,
    );
    await tellAtRest({ journal, state: before, history }, recorded, due);
    await journal.sync();
    for (const { event } of over) tell(`run ${run.id}: nobody has answered for ${event.address} in time`);
  } finally {
    journal.close();
    lock.release();
  }
  return 'done';
};

function nextDueOf(run: ListedRun, now: number): number {
  const read = readRun(run.folder);
  if (read === undefined || read.state.lifecycle !== 'paused') return Number.POSITIVE_INFINITY;
  return nextOf(read.history, read.state, now - freshMs);
}

/** When something comes due of which nobody has been told; what was due before `since` is let be. */
function nextOf(history: readonly RecordedEvent[], state: RunState, since: number): number {
  const dues = dueAtRest(history, state).map(({ dueMs }) => dueMs);
  return Math.min(
    ...dues.filter((dueMs) => dueMs > since),
    ...gateEnds(state).map(({ endMs }) => endMs + graceMs),
    Number.POSITIVE_INFINITY,
  );
}
