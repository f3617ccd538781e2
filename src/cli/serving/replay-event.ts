// Owns `runsheet events replay`: an event that was told is decided once more, by the runbooks of now.
import { resolve } from 'node:path';
import type { RunQueue } from '../../engine/queue/run-queue.ts';
import { openRuleJudge } from '../../engine/triggers/rule-judge.ts';
import { currentActor } from '../current-actor.ts';
import { exitCode } from '../exit-code.ts';
import { renderDecided } from '../history/render-event.ts';
import { chosenStateFolder } from '../load/open-run-store.ts';
import { refuse } from '../refusal.ts';
import { systemClock } from '../system-clock.ts';
import { writeResult } from '../write-result.ts';
import { loadServeFile } from './load-serve-file.ts';
import { replay } from './replay.ts';
import type { ServeSettings } from './serve-settings.ts';
import type { Library } from './shelf/library.ts';
import { openLibrary } from './shelf/open-library.ts';
import { withQueue } from './with-queue.ts';

/** What `runsheet events replay` was given. */
export interface ReplayOptions {
  readonly config?: string;
  readonly library?: string;
  /** Also where there is a run by the same key. */
  readonly again?: boolean;
  readonly json?: boolean;
  readonly stateDir?: string;
}

/** Prints what comes of it now; a server of the same state folder works on the runs. Gives the exit code. */
export async function replayEvent(number: string | undefined, options: ReplayOptions): Promise<number> {
  if (number === undefined)
    return refuse({
      message: '`events replay` needs the number of an event',
      help: '`runsheet events list` lists them',
    });
  const settings = loadServeFile(options.config);
  if (settings === undefined) return exitCode.usage;
  const place = { ...options, stateDir: resolve(chosenStateFolder(options.stateDir)) };
  const opened = openLibrary({ ...place, now: () => systemClock.now().getTime() }, settings.library);
  if (!opened.ok) return refuse(opened.error);
  const { library, git } = opened.value;
  if (git?.hasSome === false)
    return refuse({ message: 'no server has fetched the library yet', help: 'start `runsheet serve` first' });
  return withQueue(options.stateDir, (queue) => decideAnew(queue, library, settings, number, options));
}

async function decideAnew(
  queue: RunQueue,
  library: Library,
  { people, queues }: ServeSettings,
  number: string,
  { again = false, json }: ReplayOptions,
): Promise<number> {
  const rules = openRuleJudge(new URL('./rule-worker.js', import.meta.url));
  try {
    const parts = { queue, library, people, queues, decide: rules.decide, wake: () => {} };
    const by = { name: currentActor().user, again };
    const decided = await replay(parts, number, by, systemClock.now().getTime());
    if (!decided.ok)
      return refuse({ message: decided.error.message, help: '`runsheet events list` lists them' });
    writeResult(json ? `${JSON.stringify(decided.value, null, 2)}\n` : renderDecided(decided.value));
    return exitCode.succeeded;
  } finally {
    await rules.close();
  }
}
