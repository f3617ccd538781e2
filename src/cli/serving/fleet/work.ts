// Owns `runsheet worker`: one process of a fleet that works on runs.
import { resolve } from 'node:path';
import { errorMessage } from '../../../basics/coded-error.ts';
import { DatabaseUnavailable } from '../../../engine/postgres/pg-database.ts';
import type { DbosQueue } from '../../../engine/queue/dbos-queue.ts';
import { QueueUnavailable } from '../../../engine/queue/run-queue.ts';
import { exitCode } from '../../exit-code.ts';
import { chosenStateFolder } from '../../load/open-run-store.ts';
import { databaseAddress, databaseVariable } from '../../queues/database-address.ts';
import { openFleetQueue } from '../../queues/open-fleet-queue.ts';
import { refuse } from '../../refusal.ts';
import { complain } from '../../report-diagnostics.ts';
import { systemClock } from '../../system-clock.ts';
import { writeMessage } from '../../write-result.ts';
import type { Library } from '../shelf/library.ts';
import { openLibrary } from '../shelf/open-library.ts';
import { pageOfRun } from '../shelf/page-of-run.ts';
import { untilAskedToEnd } from '../until-asked-to-end.ts';
import { FleetClock } from './fleet-clock.ts';
import { FleetWorker, missedBeats } from './fleet-worker.ts';
import { noRepository } from './no-repository.ts';
import { OwnState } from './own-state.ts';

/** What `runsheet worker` was given. */
export interface WorkOptions {
  readonly database?: string;
  readonly queues: readonly string[];
  readonly slots: number;
  readonly library?: string;
  readonly stateDir?: string;
  /** Milliseconds between two signs of life. */
  readonly beat: number;
  readonly servedBy: string;
  /** Takes one run, and ends. */
  readonly once?: boolean;
  /** Ends when it has had no run for so long, in milliseconds. */
  readonly untilIdle?: number;
}

const tell = (line: string): void => writeMessage(`${line}\n`);
const lookMs = 200;

/** Works until it is asked to end, or has done what it was started for; gives the exit code. */
export async function work(options: WorkOptions): Promise<number> {
  const place = {
    stateDir: resolve(chosenStateFolder(options.stateDir)),
    now: () => systemClock.now().getTime(),
  };
  const shelf = openLibrary(
    options.library === undefined ? place : { ...place, library: options.library },
    undefined,
  );
  if (!shelf.ok) return refuse(shelf.error);
  if (shelf.value.git !== undefined) return refuse(noRepository);
  const url = databaseAddress(options.database);
  if (url === undefined)
    return refuse({
      message: 'a worker needs a database',
      help: `give it as \`--database postgres://…\`, or in the variable \`${databaseVariable}\`, which no block sees`,
    });
  const leaseMs = options.beat * missedBeats;
  let queue: DbosQueue;
  try {
    queue = await openFleetQueue(url, leaseMs);
  } catch (error) {
    if (!(error instanceof QueueUnavailable)) throw error;
    complain(errorMessage(error));
    return exitCode.failed;
  }
  const state = OwnState.make(place.stateDir);
  try {
    return await drive({ queue, url, library: shelf.value.library, stateDir: state.folder, options });
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) throw error;
    complain(`the database cannot be used: ${error.message}`);
    return exitCode.failed;
  } finally {
    await queue.close();
    state.remove();
  }
}

interface Parts {
  readonly queue: DbosQueue;
  readonly url: string;
  readonly library: Library;
  readonly stateDir: string;
  readonly options: WorkOptions;
}

async function drive({ queue, url, library, stateDir, options }: Parts): Promise<number> {
  const { queues, slots, beat: beatMs, servedBy, once = false, untilIdle } = options;
  const clock = await FleetClock.open(queue, () => systemClock.now().getTime());
  const program = [process.execPath, ...process.execArgv, process.argv[1] ?? ''];
  const settings = { program, stateDir, servedBy, withheld: new Set([databaseVariable]) };
  const parts = { queue, url, queues, slots: once ? 1 : slots, stateDir, beatMs, clock, tell, settings };
  const worker = new FleetWorker({ ...parts, pageOf: (run) => pageOfRun(library, run) });
  await worker.start();
  tell(`working on the runs of ${queues.map((queue) => `\`${queue}\``).join(', ')} as ${worker.id}`);
  const done = new AbortController();
  const watch = setInterval(() => {
    if (once && worker.taken > 0) worker.close();
    const isIdle = untilIdle !== undefined && worker.idleMs >= untilIdle;
    if (isIdle || (once && worker.taken > 0 && worker.busy === 0)) done.abort();
  }, lookMs);
  await untilAskedToEnd(async (hurry) => {
    clearInterval(watch);
    if (!done.signal.aborted)
      tell('stopping: each run pauses after the block that runs now; asked again, their processes are ended');
    await worker.end(hurry);
  }, done.signal);
  return exitCode.succeeded;
}
