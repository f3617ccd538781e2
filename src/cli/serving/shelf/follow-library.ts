// Owns that a library which is a repository is fetched again and again, and what is said of that.
import { errorMessage } from '../../../basics/coded-error.ts';
import type { RunQueue } from '../../../engine/queue/run-queue.ts';
import { startTimer, type Timer } from '../../../engine/start-timer.ts';
import type { Complaint } from '../../refusal.ts';
import type { GitLibrary } from './git-library.ts';

type Tell = (line: string) => void;

/** Before a server begins: it serves what was fetched last where the repository is away, and nothing where nothing was. */
export async function fetchFirst(git: GitLibrary | undefined, tell: Tell): Promise<Complaint | undefined> {
  if (git === undefined) return undefined;
  await git.fetch(new AbortController().signal);
  const { name, commit, trouble } = git.library.state;
  if (!git.hasSome)
    return {
      message: `the library cannot be fetched: ${trouble}`,
      help: 'look whether `git ls-remote` reaches it from this account',
    };
  if (trouble !== undefined)
    tell(`the library \`${name}\` cannot be fetched, and stays at ${commit?.slice(0, 12)}: ${trouble}`);
  return undefined;
}

/** Fetches it now and then; gives what ends that. A change of its state is told once. */
export function followLibrary(git: GitLibrary, queue: Pick<RunQueue, 'runs'>, tell: Tell): () => void {
  const ending = new AbortController();
  let told = git.library.state;
  const look = async (): Promise<void> => {
    await git.fetch(ending.signal);
    if (ending.signal.aborted) return;
    const { name, commit, trouble } = git.library.state;
    if (commit !== told.commit) tell(`the library \`${name}\` is at ${commit?.slice(0, 12)} now`);
    if (trouble !== undefined && told.trouble === undefined)
      tell(`the library \`${name}\` cannot be fetched, and stays as it is: ${trouble}`);
    if (trouble === undefined && told.trouble !== undefined) tell(`the library \`${name}\` is fetched again`);
    told = git.library.state;
    try {
      await git.tidy(queue);
    } catch (error) {
      tell(`old commits of the library stay: ${errorMessage(error)}`);
    }
  };
  const again = (): Timer =>
    startTimer(() => {
      timer = again();
      void look();
    }, git.everyMs);
  let timer = again();
  return () => {
    timer.stop();
    ending.abort();
  };
}
