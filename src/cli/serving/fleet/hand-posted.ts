// Owns giving a run of a fleet, while it is here, what others have posted for it in the database.
import { errorMessage } from '../../../basics/coded-error.ts';
import { type PostedCommand, parsePostedCommand } from '../../../engine/inbox/posted-command.ts';
import type { RemoteAnswer } from '../../../engine/inbox/remote-command.ts';
import type { ListedRun, RunStore } from '../../../engine/journal/run-store.ts';
import type { PostedCommands } from '../../../engine/queue/postgres/posted-commands.ts';
import { giveToRun } from '../../telling/give-to-run.ts';
import { recordDue } from '../drives/resting-watch.ts';

/** Posted by a server that sees something come due in a run that rests. */
export const lookWord = 'look';

/** What handing over needs. */
export interface HandedParts {
  readonly posted: PostedCommands;
  readonly store: RunStore;
  readonly epoch: number;
  /** Keeps what the run has recorded of it; throws where it is another worker's by now. */
  readonly keep: () => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly tell: (line: string) => void;
}

/** Gives all of it, oldest first; each is answered once what the run has recorded of it is kept. */
export async function handPosted(parts: HandedParts, run: ListedRun): Promise<void> {
  const { posted, epoch, keep } = parts;
  for (const { id, command } of await posted.take(run.id, epoch)) {
    const answer = await give(parts, run, command);
    await keep();
    await posted.answer(id, JSON.stringify(answer));
  }
}

async function give({ store, now, tell }: HandedParts, run: ListedRun, text: string): Promise<RemoteAnswer> {
  if (text === lookWord) {
    // A process that works on it sees to that itself.
    if (store.isLive(run.folder)) return 'taken';
    try {
      await recordDue(run, now(), tell);
    } catch (error) {
      tell(`run ${run.id} could not be looked at: ${errorMessage(error)}`);
    }
    return 'taken';
  }
  const command: PostedCommand | undefined = parsePostedCommand(text, run.id);
  if (command === undefined)
    return { code: 'not-a-command', message: 'what was posted is not an answer to this run' };
  const given = await giveToRun(store, run, command);
  return typeof given === 'number' ? 'unreachable' : given;
}
