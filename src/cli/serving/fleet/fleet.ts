// Owns `runsheet fleet`: how a fleet stands, and taking away what it has kept for long enough.
import { errorMessage } from '../../../basics/coded-error.ts';
import { DatabaseUnavailable } from '../../../engine/postgres/pg-database.ts';
import type { DbosQueue } from '../../../engine/queue/dbos-queue.ts';
import { fleetState } from '../../../engine/queue/postgres/fleet-state.ts';
import { QueueUnavailable } from '../../../engine/queue/run-queue.ts';
import { exitCode } from '../../exit-code.ts';
import { outputColumns } from '../../output-columns.ts';
import { databaseAddress, databaseVariable } from '../../queues/database-address.ts';
import { openFleetQueue } from '../../queues/open-fleet-queue.ts';
import { refuse } from '../../refusal.ts';
import { systemClock } from '../../system-clock.ts';
import { writeMessage, writeResult } from '../../write-result.ts';
import { missedBeats } from './fleet-worker.ts';
import { renderFleet } from './render-fleet.ts';

/** What `runsheet fleet` does. */
export type FleetVerb = 'show' | 'tidy';

/** What it was given beside that. */
export interface FleetOptions {
  readonly database?: string;
  /** Milliseconds between two signs of life of a worker. */
  readonly beat: number;
  /** Milliseconds; of `tidy`. */
  readonly olderThan?: number;
  readonly json?: boolean;
}

const tidiedAtOnce = 500;

/** Shows it, or tidies it; gives the exit code. */
export async function fleet(what: FleetVerb, options: FleetOptions): Promise<number> {
  const { olderThan, json } = options;
  if (what === 'tidy' && olderThan === undefined)
    return refuse({
      message: '`fleet tidy` needs to know what is old',
      help: 'say it as `--older-than 365d`: runs that have ended before are taken away with their records',
    });
  if (what === 'show' && olderThan !== undefined)
    return refuse({
      message: '`fleet show` takes no `--older-than`',
      help: 'it is an option of `fleet tidy`',
    });
  if (what === 'tidy' && json) return refuse({ message: '`fleet tidy` takes no `--json`' });
  const url = databaseAddress(options.database);
  if (url === undefined)
    return refuse({
      message: 'a fleet needs a database',
      help: `give it as \`--database postgres://…\`, or in the variable \`${databaseVariable}\``,
    });
  const leaseMs = options.beat * missedBeats;
  let queue: DbosQueue | undefined;
  try {
    queue = await openFleetQueue(url, leaseMs);
    return olderThan === undefined ? await show(queue, leaseMs, options) : await tidy(queue, olderThan);
  } catch (error) {
    if (error instanceof QueueUnavailable)
      return refuse({ message: errorMessage(error), status: exitCode.failed });
    if (error instanceof DatabaseUnavailable)
      return refuse({
        message: `the database cannot be used: ${errorMessage(error)}`,
        status: exitCode.failed,
      });
    throw error;
  } finally {
    await queue?.close();
  }
}

async function show(queue: DbosQueue, leaseMs: number, { json }: FleetOptions): Promise<number> {
  const state = await fleetState(queue.database, leaseMs);
  writeResult(json ? `${JSON.stringify(state, null, 2)}\n` : renderFleet(state, outputColumns()));
  return exitCode.succeeded;
}

async function tidy(queue: DbosQueue, olderThan: number): Promise<number> {
  const now = systemClock.now().getTime();
  const before = now + (await queue.clockAheadMs(now)) - olderThan;
  let runs = 0;
  let gone: number;
  do {
    gone = await queue.tidyRuns(before, tidiedAtOnce);
    runs += gone;
  } while (gone >= tidiedAtOnce);
  writeMessage(`took away ${runs === 1 ? 'one run' : `${runs} runs`} with what they had recorded\n`);
  return exitCode.succeeded;
}
