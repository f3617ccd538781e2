// Owns what the workers of a server tell of runs and of themselves, read beside the server.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RunId } from '../../basics/address.ts';
import { errorMessage } from '../../basics/coded-error.ts';
import type { RunQueue } from '../../engine/queue/run-queue.ts';
import type { Rate } from '../../runbook/front-matter/configuration.ts';
import { type Cost, costOf, type IdleTime, type MachineTime } from '../../surfaces/reports/cost/run-cost.ts';
import { complain } from '../report-diagnostics.ts';

/** What workers have told. */
export interface WorkerTimes {
  readonly machines: ReadonlyMap<RunId, MachineTime>;
  readonly workers: Awaited<ReturnType<RunQueue['workerTimes']>>;
}

/** Of one run, or of all. Nothing where no server has been here; what cannot be read is complained of, and not known. */
export async function readWorkerTimes(stateDir: string, run?: RunId): Promise<WorkerTimes> {
  if (!existsSync(join(stateDir, 'queue', 'queue.db'))) return { machines: new Map(), workers: [] };
  const { EmbeddedQueue } = await import('../../engine/queue/embedded-queue.ts');
  try {
    const queue = await EmbeddedQueue.openToRead(stateDir);
    try {
      return await workerTimesOf(queue, run);
    } finally {
      await queue.close();
    }
  } catch (error) {
    complain(`what workers have told is not known: ${errorMessage(error)}`);
    return { machines: new Map(), workers: [] };
  }
}

/** The same of a queue that is open. */
export async function workerTimesOf(queue: RunQueue, run?: RunId): Promise<WorkerTimes> {
  const [machines, workers] = await Promise.all([queue.machineTimes(run), queue.workerTimes()]);
  return { machines, workers };
}

/**
 * The share of some runs in that time: what a month had of it goes in equal parts to the runs that began in it and that
 * workers have had. Undefined where workers have had none of them.
 */
export function idleShare(
  runs: readonly { readonly id: RunId; readonly startedAt: string }[],
  times: WorkerTimes,
  rate: Rate | undefined,
): Cost | undefined {
  const served = runs.filter(({ id }) => times.machines.has(id));
  if (served.length === 0) return undefined;
  const idle = new Map(idleTimes(times, rate).map((one) => [one.month, one]));
  const ms = served.reduce((sum, { startedAt }) => {
    const month = idle.get(startedAt.slice(0, 7));
    return sum + (month === undefined || month.runs === 0 ? 0 : month.ms / month.runs);
  }, 0);
  return costOf(Math.round(ms), rate);
}

/** What no run took, by month. */
export function idleTimes({ workers }: WorkerTimes, rate: Rate | undefined): readonly IdleTime[] {
  return workers.map(({ month, placeMs, busyMs, runs }) => ({
    month,
    runs,
    ...costOf(Math.max(0, placeMs - busyMs), rate),
  }));
}
