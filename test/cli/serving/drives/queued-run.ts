// Owns a queue of a rig's state folder with one run of `page.md` in it, for tests of what a server does with it.
import { type RunId, runId } from '../../../../src/basics/address.ts';
import { RunStore } from '../../../../src/engine/journal/run-store.ts';
import { EmbeddedQueue } from '../../../../src/engine/queue/embedded-queue.ts';
import type { Rig } from '../../../e2e/rig.ts';

/** The run was started at the time 1, and nobody has taken it yet. */
export async function queuedRun({ stateFolder: stateDir }: Rig): Promise<{
  readonly id: RunId;
  readonly queue: EmbeddedQueue;
  readonly store: RunStore;
}> {
  const id = runId('20261130-000000-abcd');
  const queue = await EmbeddedQueue.open({ stateDir, use: 'write', leaseMs: 20_000, makeRunId: () => id });
  const runbook = { path: 'page.md' };
  const request = { runbook, inputs: {}, may: 'change', whenResolved: 'ignore' } as const;
  await queue.startRun({ key: 'k', request, person: 'bob', via: 'page', at: 1 });
  return { id, queue, store: new RunStore(stateDir) };
}
