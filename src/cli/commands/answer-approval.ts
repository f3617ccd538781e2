// Owns `runsheet approve` and `runsheet deny`: an answer to a gate, to a live run or into a resting one's journal.
import type { Address } from '../../basics/address.ts';
import { postCommand, type RemoteCommand } from '../../engine/inbox/remote-command.ts';
import { readJournal } from '../../engine/journal/read-journal.ts';
import type { RunStore } from '../../engine/journal/run-store.ts';
import type { Rejection } from '../../run/command.ts';
import { decide } from '../../run/decide.ts';
import { evolve, initialState } from '../../run/evolve.ts';
import type { RunState } from '../../run/state.ts';
import { counted } from '../../view/words/quoted.ts';
import { currentActor } from '../current-actor.ts';
import { exitCode } from '../exit-code.ts';
import { findRun } from '../load/find-run.ts';
import { openRunStore } from '../load/open-run-store.ts';
import { complain } from '../report-diagnostics.ts';
import { openRun } from '../session/open-run.ts';
import { writeMessage } from '../write-result.ts';

/** What `runsheet approve` and `runsheet deny` were given beside the run and its gate. */
export interface AnswerOptions {
  readonly comment?: string;
  readonly stateDir?: string;
}

/** Answers a gate of a run, the only one that is open where none is named; gives the exit code. */
export async function answerApproval(
  verb: 'approve' | 'deny',
  name: string,
  gate: string | undefined,
  options: AnswerOptions,
): Promise<number> {
  const store = openRunStore(options.stateDir);
  const found = findRun(store, name);
  if (!found.ok) return found.error;
  const { id, folder } = found.value;
  const stateNow = (): RunState =>
    readJournal(folder.journal).events.reduce(evolve, initialState(store.readPlan(folder)));
  const state = stateNow();
  const open = openGates(state);
  const address =
    gate === undefined && open.length === 1 ? open[0] : open.find((candidate) => candidate === gate);
  if (address === undefined) {
    const waiting = open.map((candidate) => `\`${candidate}\``).join(', ');
    if (open.length === 0) complain(`run \`${id}\` waits for no approval`);
    else
      complain(
        gate === undefined
          ? `run \`${id}\` waits at several gates: ${waiting}`
          : `run \`${id}\` does not wait at \`${gate}\` but at ${waiting}`,
      );
    return exitCode.usage;
  }
  const command: RemoteCommand = {
    type: verb === 'approve' ? 'GiveApproval' : 'DenyApproval',
    address,
    by: currentActor(process.env),
    ...(options.comment !== undefined && { comment: options.comment }),
  };
  const answer = store.isLive(folder)
    ? await postCommand(folder.path, command)
    : await answerResting(store, found.value, command);
  if (typeof answer === 'number') return answer;
  if (answer === 'unreachable') {
    complain(
      `run \`${id}\` did not answer; nothing was recorded`,
      'try again, or look at the process that runs it',
    );
    return exitCode.failed;
  }
  if (answer !== 'taken') {
    complain(answer.message);
    return exitCode.usage;
  }
  const what = `${verb === 'approve' ? 'approved' : 'denied'} \`${address}\` of run ${id}`;
  writeMessage(`${[what, ...whatFollows(id, stateNow(), address)].join('; ')}\n`);
  return exitCode.succeeded;
}

/** What is still needed before the run goes on, in words. */
function whatFollows(id: string, state: RunState, address: Address): string[] {
  const approval = state.items[state.plan.items.findIndex((item) => item.address === address)]?.approval;
  if (openGates(state).includes(address) && approval)
    return [`it waits for ${counted(approval.needed - approval.given.length, 'more approval')}`];
  return state.lifecycle === 'paused' ? [`\`runsheet resume ${id}\` takes the run up`] : [];
}

function openGates(state: RunState): Address[] {
  return state.plan.items.flatMap((item, index) => {
    const known = state.items[index];
    return known?.status === 'pending' && known.approval?.granted === false ? [item.address] : [];
  });
}

/** A run that rests at its gate is answered in its journal; it is taken up later with the answer there. */
async function answerResting(
  store: RunStore,
  run: Parameters<typeof openRun>[1],
  command: RemoteCommand,
): Promise<number | 'taken' | Rejection> {
  const opened = openRun(store, run);
  if (!opened.ok) return opened.error;
  const { lock, journal, state } = opened.value;
  try {
    const decision = decide({ ...state, lifecycle: 'running' }, command);
    if (!decision.ok) return decision.error;
    journal.append(decision.value);
    await journal.sync();
    return 'taken';
  } finally {
    journal.close();
    lock.release();
  }
}
