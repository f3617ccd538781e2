// Owns asking people for the approvals that runs of a server rest with: each of them once, by mail or in Slack.
import { errorMessage } from '../../../basics/coded-error.ts';
import type { RunStore } from '../../../engine/journal/run-store.ts';
import type { QueuedRun } from '../../../engine/queue/queued-run.ts';
import type { RunQueue } from '../../../engine/queue/run-queue.ts';
import type { RunState } from '../../../run/state.ts';
import { readRun } from '../../history/read-run.ts';
import { type OpenRequest, openRequests } from './open-requests.ts';

/** One to whom a request is sent; rejects with a reason for people where it could not be. */
export interface Asked {
  /** The same name is the same one, also for the next server. */
  readonly name: string;
  readonly ask: (request: OpenRequest, signal: AbortSignal) => Promise<void>;
}

/** What asking needs. */
export interface AskerParts {
  readonly store: RunStore;
  readonly queue: Pick<RunQueue, 'runs' | 'mark' | 'setMark'>;
  /** Who is to be asked for it. */
  readonly whom: (request: OpenRequest, state: RunState) => readonly Asked[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly tell: (line: string) => void;
}

/** What could not be sent is tried again after so long, and after twice that, up to the longest. */
const firstPauseMs = 10_000;
const longestPauseMs = 15 * 60_000;

interface Failed {
  readonly pauseMs: number;
  readonly againAt: number;
}

/** Looks at resting runs again and again, and reads only those in which there is something new or still to be sent. */
export class PeopleAsker {
  readonly #parts: AskerParts;
  /** How long the journals of runs were for which everybody was asked. */
  readonly #done = new Map<string, number>();
  readonly #failed = new Map<string, Failed>();
  readonly #ending = new AbortController();
  #going: Promise<void> | undefined;

  constructor(parts: AskerParts) {
    this.#parts = parts;
  }

  /** Asks whoever was not asked yet; one look at a time. */
  look(): Promise<void> {
    this.#going ??= this.#look()
      .catch((error: unknown) => this.#parts.tell(`people could not be asked: ${errorMessage(error)}`))
      .finally(() => {
        this.#going = undefined;
      });
    return this.#going;
  }

  /** Gives up what is being sent; the next server sends it. */
  async end(): Promise<void> {
    this.#ending.abort();
    await this.#going;
  }

  async #look(): Promise<void> {
    const { store, queue } = this.#parts;
    const { entries } = await queue.runs({ status: ['resting'] }, { limit: 500 });
    const resting = new Set(entries.map(({ id }) => id as string));
    for (const id of this.#done.keys()) if (!resting.has(id)) this.#done.delete(id);
    for (const key of this.#failed.keys())
      if (!resting.has(key.slice(0, key.indexOf(' ')))) this.#failed.delete(key);
    for (const { id } of entries) {
      const size = store.journalSize(store.folder(id));
      if (this.#ending.signal.aborted) return;
      const folder = store.folder(id);
      if (this.#done.get(id) === size || store.isLive(folder) || store.goesOnElsewhere(folder)) continue;
      if (await this.#askFor(id, size)) this.#done.set(id, size);
    }
  }

  /** Gives whether nobody is left who is to be asked. */
  async #askFor(id: QueuedRun['id'], size: number): Promise<boolean> {
    const { store, queue, whom, now } = this.#parts;
    const folder = store.folder(id);
    const state = store.hasBegun(folder) ? readRun(folder)?.state : undefined;
    if (state === undefined) return true;
    // What is over by the clock is not asked for any more, though nobody has recorded that yet.
    const requests = openRequests(state).filter(
      ({ gate }) => gate.expiresAt === undefined || Date.parse(gate.expiresAt) > now(),
    );
    const before = readAsked(await queue.mark(markOf(id)));
    // Of requests that are over nothing needs to be kept.
    const asked = new Map(requests.map(({ digest }) => [digest, new Set(before[digest])]));
    let isAll = true;
    for (const request of requests)
      for (const one of whom(request, state)) {
        const known = asked.get(request.digest);
        if (known?.has(one.name)) continue;
        // Somebody has answered meanwhile, or works on it: what is open now is seen at the next look.
        if (store.journalSize(folder) !== size || store.isLive(folder)) return false;
        if (!(await this.#askOne(request, one))) {
          isAll = false;
          continue;
        }
        known?.add(one.name);
        const kept = Object.fromEntries([...asked].map(([digest, names]) => [digest, [...names]]));
        await queue.setMark(markOf(id), JSON.stringify(kept));
      }
    return isAll;
  }

  async #askOne(request: OpenRequest, { name, ask }: Asked): Promise<boolean> {
    const { now, tell } = this.#parts;
    const key = `${request.run} ${request.digest} ${name}`;
    const failed = this.#failed.get(key);
    if (this.#ending.signal.aborted || (failed !== undefined && failed.againAt > now())) return false;
    try {
      await ask(request, this.#ending.signal);
      this.#failed.delete(key);
      return true;
    } catch (error) {
      if (this.#ending.signal.aborted) return false;
      const pauseMs = failed === undefined ? firstPauseMs : Math.min(failed.pauseMs * 2, longestPauseMs);
      this.#failed.set(key, { pauseMs, againAt: now() + pauseMs });
      tell(`run ${request.run}: ${name} could not be asked: ${errorMessage(error)}; it is tried again`);
      return false;
    }
  }
}

const markOf = (id: string): string => `asked ${id}`;

/** Who was asked, by the digest of the request. */
function readAsked(mark: string | undefined): Readonly<Record<string, readonly string[]>> {
  return mark === undefined ? {} : JSON.parse(mark);
}
