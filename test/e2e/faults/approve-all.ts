// Owns another account that approves whatever the newest run waits for, each time by a process of its own.
import { setTimeout as sleep } from 'node:timers/promises';
import { readJournal } from '../../../src/engine/journal/read-journal.ts';
import { RunStore } from '../../../src/engine/journal/run-store.ts';
import { readPlan } from '../../../src/engine/record/read-plan.ts';
import { openGate } from '../../../src/run/approvals/may-approve.ts';
import { requestDigest } from '../../../src/run/approvals/request-digest.ts';
import { evolve, initialState } from '../../../src/run/evolve.ts';
import type { Account } from '../accounts.ts';
import type { Ended, Rig, RunOptions } from '../rig.ts';

/** A gate that waits: the arguments by which it is approved as it stands. */
export type WaitingGate = readonly [run: string, address: string, option: '--of', digest: string];

/** The gate that the newest run stands at. */
export function waitingGate(store: RunStore): WaitingGate | undefined {
  const [run] = store.list().filter(({ folder }) => store.hasBegun(folder));
  if (run === undefined) return undefined;
  const { events } = readJournal(run.folder.journal);
  const plan = readPlan(run.folder, events);
  if (!plan.ok) throw new Error(plan.error);
  const state = events.reduce(evolve, initialState(plan.value));
  if (state.lifecycle === 'ended') return undefined;
  for (const [index, item] of state.plan.items.entries()) {
    const known = state.items[index];
    const gate = known && openGate(item, known);
    const digest = gate && requestDigest(state, item, gate);
    if (digest !== undefined) return [run.id, item.address, '--of', digest];
  }
  return undefined;
}

export interface ApproverOptions {
  readonly as: Account;
  /** How long its processes live before they are killed, one after the other; undefined lets one come to its end. */
  readonly livesMs?: readonly (number | undefined)[];
  /** For its first process alone. */
  readonly env?: RunOptions['env'];
}

export interface Approver {
  /** Resolves when its first process has ended. */
  readonly firstEnded: Promise<void>;
  /** Lets the process that runs come to its end, and starts no more; gives how all have ended. */
  stop(): Promise<readonly Ended[]>;
}

/** Approves until it is stopped. */
export function approveAll(rig: Rig, { as, livesMs = [undefined], env }: ApproverOptions): Approver {
  const store = new RunStore(rig.stateFolder);
  const ends: Ended[] = [];
  let isOver = false;
  let tellFirst: () => void = () => {};
  const first = new Promise<void>((resolve) => {
    tellFirst = resolve;
  });
  const answer = async (gate: WaitingGate): Promise<void> => {
    const isFirst = ends.length === 0;
    const running = rig.start(['approve', ...gate], { as, umask: '007', ...(isFirst && env && { env }) });
    const lifeMs = livesMs[ends.length % livesMs.length];
    if (lifeMs !== undefined)
      await Promise.race([sleep(lifeMs).then(() => running.kill('SIGKILL')), running.ended]);
    ends.push(await running.ended);
    tellFirst();
  };
  const answering = (async () => {
    while (!isOver) {
      const gate = waitingGate(store);
      if (gate) await answer(gate);
      await sleep(20);
    }
  })();
  return {
    // Where it can approve no more, that is told here as well.
    firstEnded: Promise.race([first, answering]),
    stop: async () => {
      isOver = true;
      await answering;
      return ends;
    },
  };
}
