// Owns a run whose record is kept in the database of a fleet, while a worker of this machine has it.
import { rmSync } from 'node:fs';
import { errorMessage } from '../../../basics/coded-error.ts';
import type { RunStore } from '../../../engine/journal/run-store.ts';
import { DatabaseUnavailable } from '../../../engine/postgres/pg-database.ts';
import type { DbosQueue } from '../../../engine/queue/dbos-queue.ts';
import type { ClaimedRun } from '../../../engine/queue/run-queue.ts';
import { fetchRun } from '../../../engine/replica/fetch-run.ts';
import { Fenced, RunCopy } from '../../../engine/replica/run-copy.ts';
import type { RunAway } from '../drives/run-worker.ts';
import { handPosted } from './hand-posted.ts';

/** A process waits 30 s for its record; it is to hear why in vain. */
const commitMs = 28_000;
/** What a process has written last is tried to be kept for so long: whoever has the run later goes on from there. */
const lastMs = 120_000;
const againMs = 500;

/** Where a run is fetched to, and by whom. */
export interface AwayParts {
  readonly queue: DbosQueue;
  readonly worker: string;
  /** Its own runs, while it has them. */
  readonly store: RunStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly tell: (line: string) => void;
}

/** Makes the folder of a run that was claimed. Throws what the database and the system throw. */
export async function fetchAway(
  { queue: { database, posted }, worker, store, now, tell }: AwayParts,
  { run }: ClaimedRun,
): Promise<RunAway> {
  const folder = store.folder(run.id);
  const { lines, offset, lastBy } = await fetchRun(database, folder);
  const { epoch } = run;
  const copy = new RunCopy(
    database,
    folder,
    { worker, epoch },
    { lines, offset, nowMs: () => performance.now() },
  );
  const keep = (): Promise<void> => untilThere(() => copy.commit(), commitMs);
  let isOver = false;
  let isLate = false;
  let handing: Promise<void> = Promise.resolve();
  const from = lastBy !== undefined && lastBy !== worker ? { from: lastBy } : {};
  return {
    order: { worker, epoch, ...from },
    commit: (size) =>
      untilThere(() => copy.commit(size), commitMs).catch((error: unknown) => {
        isLate ||= !(error instanceof Fenced);
        throw error;
      }),
    keepPrinted: async () => {
      if (isOver) return;
      try {
        await copy.commitOutputs();
      } catch (error) {
        // Whoever keeps the record says so, and does what follows from it.
        if (!(error instanceof Fenced || error instanceof DatabaseUnavailable)) throw error;
      }
    },
    get isLate() {
      return isLate;
    },
    handPosted: (last) => {
      if (isOver) return Promise.resolve();
      isOver = last !== undefined;
      const handed = handing.then(() =>
        handPosted({ posted, store, epoch, keep, now, tell }, { id: run.id, folder }),
      );
      handing = handed.catch(() => {});
      return handed;
    },
    keepLast: async () => {
      try {
        await untilThere(() => copy.commit(), lastMs);
        return true;
      } catch (error) {
        if (error instanceof Fenced) return false;
        throw error;
      }
    },
    close: () => rmSync(folder.path, { recursive: true, force: true }),
  };
}

/** Tries again while the database is away. */
async function untilThere(work: () => Promise<void>, forMs: number): Promise<void> {
  const until = performance.now() + forMs;
  for (;;) {
    try {
      await work();
      return;
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) throw error;
      if (performance.now() + againMs >= until)
        throw new Error(`the database cannot be used: ${errorMessage(error)}`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, againMs));
    }
  }
}
