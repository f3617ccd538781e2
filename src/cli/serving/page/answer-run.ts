// Owns giving to a run what a person has said on the page or by the interface for programs.
import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { fail, ok, type Result } from '../../../basics/result.ts';
import type { PostedCommand } from '../../../engine/inbox/posted-command.ts';
import type { RemoteAnswer } from '../../../engine/inbox/remote-command.ts';
import type { ListedRun, RunStore } from '../../../engine/journal/run-store.ts';
import type { RunQueue } from '../../../engine/queue/run-queue.ts';
import type { Person } from '../../../surfaces/web/person.ts';
import type { WebAnswer, WebRefusal } from '../../../surfaces/web/web-port.ts';
import { readRun } from '../../history/read-run.ts';
import { type GiveToRun, giveToRun } from '../../telling/give-to-run.ts';
import { canGoOn, knownTo, stuckWords } from './shown-run.ts';

/** So often an answer is tried whether the run comes to its question, and so long. */
const betweenMs = 200;
const mostAttempts = 15;
const longestMs = 10_000;

/** Where the run is, and how something is said to it. */
export interface AnswerParts {
  readonly store: RunStore;
  readonly queue: RunQueue;
  readonly now: () => number;
  /** Something was put into the queue. */
  readonly wake: () => void;
  /** Where runs are not here: how something is said to them. */
  readonly give?: GiveToRun;
}

/** Gives it to the run, and has one that rests taken up. */
export async function answerRun(
  { store, queue, now, wake, give = giveToRun }: AnswerParts,
  run: ListedRun,
  person: Person,
  answer: WebAnswer,
): Promise<Result<string, WebRefusal>> {
  if (answer.type === 'resume') {
    const refused = await whyNotGoOn(queue, store, run);
    if (refused !== undefined) return fail({ status: 409, message: refused });
  }
  const ticks = ticksOf(answer);
  const say = (one: WebAnswer) => giveInTime(give, store, run, commandOf(person, one));
  const ticked = ticks === undefined ? 'taken' : await say(ticks);
  const given = ticked === 'taken' ? await say(answer) : ticked;
  if (given === 'unreachable' || typeof given === 'number')
    return fail({ status: 503, message: 'The run could not be reached; nothing was recorded. Try again.' });
  if (given !== 'taken') return fail({ status: 409, message: `${given.message}.` });
  if (await queue.wake(run.id, now())) wake();
  return ok('taken');
}

/** A run that asks something goes on with the answer; one that is at work, or works at its last step, does already. */
async function whyNotGoOn(queue: RunQueue, store: RunStore, run: ListedRun): Promise<string | undefined> {
  let { rests } = await knownTo(queue, run);
  // Its process has just come to its end.
  for (let attempt = 0; attempt < mostAttempts && rests === undefined; attempt += 1) {
    await setTimeout(betweenMs);
    ({ rests } = await knownTo(queue, run));
  }
  if (rests === undefined || store.isLive(run.folder))
    return 'It does not rest; what runs now has to come to its end first.';
  const state = readRun(run.folder)?.state;
  const stuck = state && stuckWords(state, rests);
  return state !== undefined && canGoOn(state, stuck)
    ? undefined
    : 'Nobody has paused it: it waits for an answer.';
}

/** Who says that a list is done with some of its boxes chosen has ticked these. */
function ticksOf(answer: WebAnswer): WebAnswer | undefined {
  if (answer.type !== 'answer' || answer.answer.word !== 'done' || answer.answer.items === undefined)
    return undefined;
  return { ...answer, answer: { word: 'tick', items: answer.answer.items } };
}

/** A run that is on its way to its question is given time. */
async function giveInTime(
  give: GiveToRun,
  store: RunStore,
  run: ListedRun,
  command: PostedCommand,
): ReturnType<GiveToRun> {
  const begunAt = performance.now();
  let given = await give(store, run, command);
  for (let attempt = 0; attempt < mostAttempts && isBetween(store, run, given); attempt += 1) {
    // Why it could not be opened was said, and is said once more at most.
    if ((typeof given === 'number' && attempt > 0) || performance.now() - begunAt > longestMs) break;
    await setTimeout(betweenMs);
    given = await give(store, run, command);
  }
  return given;
}

/** Whether it is on its way to what was answered: a process of it has just begun, or has come to its end just then. */
function isBetween(store: RunStore, run: ListedRun, given: number | RemoteAnswer): boolean {
  const isLive = store.isLive(run.folder);
  if (given === 'unreachable' || typeof given === 'number') return !isLive;
  return given !== 'taken' && given.code === 'nothing-asked' && isLive;
}

function commandOf({ name, way }: Person, answer: WebAnswer): PostedCommand {
  const sent = { host: hostname(), onBehalf: { person: name, way } };
  switch (answer.type) {
    case 'pause':
      return { type: 'PauseRun', ...sent };
    case 'resume':
      return { type: 'AddNote', text: 'goes on after the pause', goesOn: true, ...sent };
    case 'stop':
      return { type: 'StopRun', ...sent };
    case 'answer':
      return { type: 'AnswerQuestion', question: answer.question, answer: answer.answer, ...sent };
    default: {
      const { type, address, digest, comment } = answer;
      return {
        type: type === 'approve' ? 'GiveApproval' : 'DenyApproval',
        address,
        of: digest,
        ...(comment !== undefined && { comment }),
        ...sent,
      };
    }
  }
}
