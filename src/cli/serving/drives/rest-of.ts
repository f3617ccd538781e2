// Owns what a run has come to when the process that drove it has ended.
import type { Address } from '../../../basics/address.ts';
import type { RunFolder } from '../../../engine/journal/run-folder.ts';
import type { RunStore } from '../../../engine/journal/run-store.ts';
import { answeredQuestion } from '../../../run/answers/answered-question.ts';
import { isEndOfProcess } from '../../../run/answers/is-word-of-operator.ts';
import { asResting } from '../../../run/answers/open-question.ts';
import { openGate } from '../../../run/approvals/may-approve.ts';
import type { RunState } from '../../../run/state.ts';
import { gateEnds } from '../../../run/telling/gate-ends.ts';
import { exitCode, exitCodeOf } from '../../exit-code.ts';
import { readRun } from '../../history/read-run.ts';
import { goingOn } from '../../session/open-run.ts';
import type { DriveEnd } from './start-drive.ts';

/** It has ended; it waits for somebody, at the latest until `dueAt`; or its process broke off. */
export type RestOfRun =
  | { readonly type: 'ended'; readonly outcome?: string; readonly exit?: number }
  | {
      readonly type: 'rests';
      readonly reason: string;
      readonly dueAt?: number;
      /** Nobody has paused it: its server was to end, or its process was told to by a signal. */
      readonly endOf?: 'server' | 'process';
      /** How long its journal was: a longer one has something that nobody has looked at. */
      readonly size: number;
      /** It could not go on, and who operates the server is to know why. */
      readonly isStuck?: true;
    }
  | { readonly type: 'again'; readonly reason: string; readonly delayMs: number };

/** Whoever answers is done by then. */
const betweenMs = 300;
/** What the tool could not do may be possible by then. */
const brokenMs = 10_000;

/** By its journal, which knows more than an exit code; `before` is how long that was when the process began. */
export function restOf(
  store: RunStore,
  folder: RunFolder,
  { exit, said, isLate }: DriveEnd,
  before?: number,
): RestOfRun {
  if (!store.hasBegun(folder)) return unbegun(exit, said);
  const size = store.journalSize(folder);
  const state = readRun(folder)?.state;
  if (state === undefined) return { type: 'ended', outcome: 'its record cannot be read' };
  if (state.lifecycle === 'ended')
    return { type: 'ended', outcome: state.outcome ?? '', exit: exitCodeOf(state) };
  if (exit === exitCode.usage && said.includes(goingOn))
    // Who answers has it for a moment, and cannot wake it while it is being taken up for what was answered before.
    return isAnswered(state)
      ? { type: 'again', reason: 'it was just being answered', delayMs: betweenMs }
      : // However that process leaves it, nobody has looked at it then.
        { type: 'rests', reason: '', size: 0 };
  if (state.lifecycle !== 'paused' && isLate)
    return { type: 'again', reason: 'its record could not be kept in time', delayMs: 0 };
  // Whatever it was taken up for holds until others let it go on.
  if (exit === exitCode.busy) return { type: 'again', reason: refusalOf(said), delayMs: brokenMs };
  if (state.lifecycle !== 'paused')
    return exit === undefined
      ? { type: 'again', reason: 'its process was killed', delayMs: 1_000 }
      : { type: 'rests', reason: 'its process broke off', size, isStuck: true };
  // It would be refused again: somebody has to look at it first.
  if (exit === exitCode.usage) return { type: 'rests', reason: refusalOf(said), size, isStuck: true };
  const isStill = size === before;
  // It was answered, and that has led nowhere: so it would once more.
  if (isStill && isAnswered(state) && exit !== exitCode.failed)
    return { type: 'rests', reason: refusalOf(said), size, isStuck: true };
  // Somebody was quicker than its process.
  if (isAnswered(state))
    return { type: 'again', reason: 'it was answered', delayMs: exit === exitCode.failed ? brokenMs : 0 };
  const { reason, message } = state.pause ?? { reason: 'operator' as const, message: '' };
  const ends = gateEnds(state).map(({ endMs }) => endMs);
  const endOf = reason === 'drained' ? 'server' : isEndOfProcess(reason) ? 'process' : undefined;
  // Not this server has ended: it could not be gone on with.
  if (endOf === 'server' && isStill) return { type: 'again', reason: refusalOf(said), delayMs: brokenMs };
  return {
    type: 'rests',
    reason: message,
    ...(endOf && { endOf }),
    size,
    ...(reason === 'changed' && { isStuck: true }),
    ...(ends.length > 0 && { dueAt: Math.min(...ends) }),
  };
}

/** Before its first record nothing was run. What was refused is over; what the tool did not get to is not. */
function unbegun(exit: number | undefined, said: string): RestOfRun {
  if (exit === undefined) return { type: 'again', reason: 'its process was killed', delayMs: 1_000 };
  // No refusal has this code: the tool itself could not go on, as while another version of it is being installed.
  if (exit === exitCode.failed)
    return { type: 'again', reason: `its process failed: ${refusalOf(said)}`, delayMs: brokenMs };
  return { type: 'ended', outcome: refusalOf(said) };
}

/** Why a run was refused: what the tool says of it first. */
function refusalOf(said: string): string {
  const lines = said.trimEnd().split('\n');
  return (lines.find((line) => /^error\b/i.test(line)) ?? lines.at(-1) ?? '').replace(
    /^error(?:\[[\w-]+\])?: /i,
    '',
  );
}

/**
 * What becomes of a run that has rested with that reason and is not taken up, since nothing has come that it could go on
 * with. A person may have had it at a terminal meanwhile: then it rests with another question, and until another time.
 */
export function restAsBefore(store: RunStore, folder: RunFolder, reason: string): RestOfRun {
  const rest = restOf(store, folder, { exit: exitCode.paused, said: '', machineMs: 0 });
  if (rest.type !== 'rests') return rest;
  const read = readRun(folder);
  // Of one that broke off, too, somebody has said just now how it is to go on.
  if (read !== undefined && isAnswered(read.state))
    return { type: 'again', reason: 'it was answered', delayMs: 0 };
  // What ended its process was not this server.
  const { isStuck, endOf: _endOf, ...quiet } = rest;
  const recorded = read?.history.map(({ event }) => event) ?? [];
  const isOfWorker =
    reason !== '' && !recorded.some((event) => event.type === 'RunPaused' && event.message === reason);
  // What a worker has found holds until it is taken up, and is not told once more.
  if (isOfWorker || rest.reason === reason) return { ...quiet, reason };
  return isStuck ? { ...quiet, isStuck } : quiet;
}

/**
 * Whether a run is to be taken up again: it was answered, somebody has said so, the time of a gate is over, or its process
 * has ended though nobody had paused it. What ended the process of one that has `rested` since was seen already: a person
 * has had it at a terminal.
 */
export function isToGoOn(state: RunState, rested: boolean, now: number): boolean {
  if (isAnswered(state)) return true;
  if (state.lifecycle !== 'paused') return !rested;
  const { reason } = state.pause ?? {};
  if (reason === 'drained' || (!rested && reason !== undefined && isEndOfProcess(reason))) return true;
  return gateEnds(state).some(({ endMs }) => endMs <= now);
}

/** Whether the gate that a run rests at is still open; another one that is open as well is come to later. */
function isGateOpen({ plan, items }: RunState, at: Address | undefined): boolean {
  return plan.items.some((item, index) => {
    const known = items[index];
    if (known === undefined || (at !== undefined && item.address !== at)) return false;
    return openGate(item, known) !== undefined;
  });
}

/** Whether somebody has answered what a run rests or broke off with, or has said that it is to go on as it is. */
function isAnswered(recorded: RunState): boolean {
  const state = asResting(recorded);
  if (state.lifecycle !== 'paused') return false;
  if (state.goesOn === true) return true;
  if (state.pause?.reason === 'approval' && !isGateOpen(state, state.pause.at)) return true;
  return answeredQuestion(state) !== undefined;
}
